// Cases of commands: what is typed, one after another, and how the last one ends.
import { existsSync, rmSync } from 'node:fs'
import { parseFaults, startSimulator } from '../../src/simulator/simulator.js'
import { callctl, type Finished } from '../helpers/callctl.js'
import { type Workspace, withWorkspace } from '../helpers/callctl-workspace.js'
import { readLog } from '../simulator/client.js'

export interface RunCase {
  /** Of the list, such as `A 2`. */
  readonly of: string
  readonly what: string
  readonly files: Readonly<Record<string, string>>
  /** Words of a command, where `SIMULATOR` is the address of one; or files to write. */
  readonly steps: readonly (string | Readonly<Record<string, string>>)[]
  /** Exit code of the last command; those before it may end as they like. */
  readonly exit: number
  /** What the last command says on either stream, and what none of it may be. */
  readonly says?: readonly (string | RegExp)[]
  readonly hides?: readonly string[]
  /** Of the simulator, as `callctl simulator --faults` takes them. */
  readonly faults?: string
  /** The last command writes no line of several words over 80 columns, and at most so many lines. */
  readonly lines?: number
  /** How many calls were placed in all. */
  readonly placed?: number
  /** Files of the workspace that are as they were given. */
  readonly keeps?: readonly string[]
}

export interface Ended extends Finished {
  readonly placed: number
  readonly kept: readonly string[]
}

export async function runCase({ files, steps, faults = '', keeps = [] }: RunCase): Promise<Ended> {
  let ended: Ended | undefined
  await withWorkspace(files, (workspace) =>
    withUrl({ steps, faults }, workspace, async (url, placed) => {
      let last: Finished | undefined
      for (const step of steps) {
        if (typeof step === 'string') {
          const words = splitWords(step).map((word) => word.replace('SIMULATOR', url))
          last = await callctl(words, { cwd: workspace.folder, environment: {} })
        } else for (const [path, text] of Object.entries(step)) workspace.write(path, text)
      }
      if (last === undefined) throw new Error('a case runs a command')
      const kept = keeps.filter((path) => workspace.read(path) === files[path])
      ended = { ...last, placed: placed(), kept }
    }),
  )
  return ended as Ended
}

/** Where a simulator is, in cases that name one. Its log stands beside the workspace, whose files are counted. */
async function withUrl(
  { steps, faults }: Pick<Required<RunCase>, 'steps' | 'faults'>,
  { folder }: Workspace,
  work: (url: string, placed: () => number) => Promise<void>,
): Promise<void> {
  if (!steps.some((step) => typeof step === 'string' && step.includes('SIMULATOR'))) return work('', () => 0)
  const log = `${folder}-requests.ndjson`
  const timeline = { ringing: 0, established: 0, terminated: 1e9 }
  const simulator = await startSimulator({ log, timeline, faults: parseFaults(faults) })
  try {
    await work(simulator.url, () =>
      existsSync(log) ? readLog(log).filter(({ created }) => created === true).length : 0,
    )
  } finally {
    await simulator.close()
    rmSync(log, { force: true })
  }
}

const splitWords = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
