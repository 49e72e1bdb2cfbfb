import { availableParallelism } from 'node:os'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Source } from '../../model/language/source.js'
import { createMarks, marks, takeFile } from './parse-marks.js'
import type { ParsedFile, ParseWork } from './parse-worker.js'

/** More of them find nothing to do: the rest of compiling is for one thread. */
const mostThreads = 3

/** In milliseconds. After so long a file is parsed here, whatever has become of the thread that took it. */
const patience = 2000

/** Threads that parse files beside the one that compiles. They spare it time, and change nothing else. */
export class ParseThreads {
  readonly #indexes: ReadonlyMap<Source, number>
  readonly #shared: Int32Array
  readonly #ports: readonly MessagePort[]
  /** Resolves when all threads have ended. */
  readonly ended: Promise<unknown>
  readonly #parsed = new Map<number, string>()

  /** `program` is the path of what runs in each; files that are needed first come first. Throws where no thread can be had. */
  constructor(
    sources: readonly Source[],
    program: string,
    threads = Math.min(availableParallelism() - 1, mostThreads),
  ) {
    this.#indexes = new Map(sources.map((source, index) => [source, index]))
    this.#shared = createMarks(sources.length)
    const started = Array.from({ length: threads }, () => startThread(sources, this.#shared, program))
    this.#ports = started.map(({ port }) => port)
    this.ended = Promise.all(started.map(({ ended }) => ended))
  }

  /** The file as `formatParts` writes it; undefined where it is to be parsed here. Each file can be asked for once. */
  find(source: Source): string | undefined {
    const index = this.#indexes.get(source)
    if (index === undefined || takeFile(this.#shared, index, marks.here)) return undefined
    if (Atomics.load(this.#shared, index) === marks.there)
      Atomics.wait(this.#shared, index, marks.there, patience)
    if (Atomics.load(this.#shared, index) !== marks.parsed) return undefined
    this.#receive()
    const parts = this.#parsed.get(index)
    this.#parsed.delete(index)
    return parts
  }

  /** Ends the threads as soon as each has parsed the file that it is at. */
  close(): void {
    Atomics.store(this.#shared, this.#indexes.size, marks.left)
    for (const port of this.#ports) port.close()
  }

  #receive(): void {
    for (const port of this.#ports) {
      for (let found = receiveMessageOnPort(port); found !== undefined; found = receiveMessageOnPort(port)) {
        const { index, parts } = found.message as ParsedFile
        this.#parsed.set(index, parts)
      }
    }
  }
}

interface Thread {
  readonly port: MessagePort
  readonly ended: Promise<void>
}

function startThread(sources: readonly Source[], shared: Int32Array, program: string): Thread {
  const { port1, port2 } = new MessageChannel()
  const workerData: ParseWork = { sources, shared, port: port2 }
  const worker = new Worker(program, { workerData, transferList: [port2], execArgv: [], env: {} })
  // Whatever befalls it, what it has not parsed is parsed here.
  worker.on('error', () => {})
  worker.unref()
  port1.unref()
  return { port: port1, ended: new Promise((resolve) => worker.once('exit', () => resolve())) }
}
