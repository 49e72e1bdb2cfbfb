// A client of the real yaml-language-server, over stdio, without network.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface Position {
  readonly line: number
  readonly character: number
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
}

export interface Squiggle {
  readonly message: string
  readonly range: { readonly start: Position; readonly end: Position }
}

const program = join(process.cwd(), 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server')
const settings = { yaml: { schemaStore: { enable: false }, validate: true, hover: true, completion: true } }

export class LanguageServer {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers = new Map<number, (result: unknown) => void>()
  readonly #squiggles = new Map<string, (found: readonly Squiggle[]) => void>()
  #buffer = Buffer.alloc(0)
  #lastId = 0

  constructor() {
    this.#child = spawn(process.execPath, [program, '--stdio'])
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk])
      for (let next = this.#take(); next !== undefined; next = this.#take()) this.#receive(next)
    })
  }

  async start(): Promise<void> {
    await this.ask('initialize', {
      processId: null,
      rootUri: null,
      capabilities: { workspace: { configuration: true }, textDocument: { hover: {}, completion: {} } },
    })
    this.tell('initialized', {})
    this.tell('workspace/didChangeConfiguration', { settings })
  }

  /** Opens a file of this text, and gives what the server has against it. */
  open(path: string, text: string): Promise<readonly Squiggle[]> {
    const uri = pathToFileURL(path).href
    const found = new Promise<readonly Squiggle[]>((resolve) => this.#squiggles.set(uri, resolve))
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } })
    return found
  }

  async complete(path: string, position: Position): Promise<readonly string[]> {
    const textDocument = { uri: pathToFileURL(path).href }
    const result = await this.ask('textDocument/completion', { textDocument, position })
    return (result as { items: { label: string }[] }).items.map(({ label }) => label)
  }

  async hover(path: string, position: Position): Promise<string> {
    const textDocument = { uri: pathToFileURL(path).href }
    const result = await this.ask('textDocument/hover', { textDocument, position })
    return (result as { contents: { value: string } } | null)?.contents.value ?? ''
  }

  stop(): void {
    this.#child.kill()
  }

  ask(method: string, params: unknown): Promise<unknown> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      this.#send({ id, method, params })
    })
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params })
  }

  #send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }

  #take(): Message | undefined {
    const end = this.#buffer.indexOf('\r\n\r\n')
    if (end < 0) return undefined
    const length = Number(/Content-Length: (\d+)/.exec(this.#buffer.subarray(0, end).toString())![1])
    if (this.#buffer.length < end + 4 + length) return undefined
    const text = this.#buffer.subarray(end + 4, end + 4 + length).toString('utf8')
    this.#buffer = this.#buffer.subarray(end + 4 + length)
    return JSON.parse(text) as Message
  }

  #receive({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Squiggle[] }
      this.#squiggles.get(uri)?.(diagnostics)
    } else if (method === 'workspace/configuration') {
      const { items } = params as { items: readonly { section: string }[] }
      const answers = items.map(({ section }) => (section === 'yaml' ? settings.yaml : null))
      this.#send({ id: id!, result: answers })
    } else if (method !== undefined && id !== undefined) this.#send({ id, result: null })
    else if (id !== undefined) {
      this.#answers.get(id)?.(result)
      this.#answers.delete(id)
    }
  }
}
