import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { peerCalls, userOf, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { type Held, type Recorded, type Reply, startGraphServer } from '../../helpers/graph-server.js'
import type { Cluster } from '../../helpers/postgres.js'

/** One workspace with a shared record, on as many machines as are asked for, and a Graph that rings nobody. */
export interface SharedDesk extends Workspace {
  readonly database: string
  /** What the environment of its runners says. */
  readonly environment: Readonly<Record<string, string>>
  /** On the first machine. */
  run(...words: readonly string[]): Promise<Finished>
  /** A folder as a fresh clone would be: the files of the workspace, and no record. */
  clone(): string
  /** The newest of these. */
  last(): string
  runIn(folder: string, ...words: readonly string[]): Promise<Finished>
  /** Calls that rang, by the people they rang. */
  rung(): number
  /** How often each call was asked for. */
  placed(): (name: string) => number
  /** The id that Graph gave a call, where it does not hold requests. */
  given: (name: string) => string | undefined
  /** Ids of calls that were to be hung up. */
  hungUp(): readonly string[]
  /** The next request, of a Graph that holds them. */
  next(): Promise<Held>
  /** To Graph, so far. */
  connections(): number
}

export async function withSharedDesk(
  cluster: Cluster,
  names: readonly string[],
  work: (desk: SharedDesk) => Promise<void>,
  { holds = false }: { /** Whether each request waits for `next()`. */ readonly holds?: boolean } = {},
): Promise<void> {
  const database = `desk_${process.hrtime.bigint()}`
  await cluster.sql(`create database ${database}`)
  const given = new Map<string, string>()
  const onRequest = ({ body }: Recorded): Reply => {
    const reply = answer()
    given.set(body, JSON.parse(reply.body ?? '').id)
    return reply
  }
  const graph = await startGraphServer(holds ? undefined : onRequest)
  const files = peerCalls(names, 4)
  const settings = `${files['callctl.yaml']}record: { kind: postgres }\n`
  const folders: string[] = []
  const environment = { CALLCTL_RECORD: cluster.url(database), CALLCTL_GRAPH_ROOT: graph.url }
  const runIn = (cwd: string, ...words: readonly string[]) => callctl(words, { cwd, environment })
  try {
    await withWorkspace({ ...files, 'callctl.yaml': settings }, async (workspace) => {
      const { folder } = workspace
      await work({
        ...workspace,
        database,
        environment,
        run: (...words) => runIn(folder, ...words),
        runIn,
        last: () => folders.at(-1) ?? folder,
        clone() {
          const copy = realpathSync(mkdtempSync(join(tmpdir(), 'callctl-clone-')))
          folders.push(copy)
          cpSync(folder, copy, { recursive: true, filter: (path) => !path.includes('/.callctl') })
          return copy
        },
        next: () => graph.next(),
        connections: () => graph.connections(),
        placed: () => (name) =>
          graph.requests.filter(({ method, body }) => method === 'POST' && body.includes(userOf(name)))
            .length,
        given: (name) => [...given].find(([body]) => body.includes(userOf(name)))?.[1],
        hungUp: () =>
          graph.requests
            .filter(({ method }) => method === 'DELETE')
            .map(({ path }) => path.split('/').at(-1) ?? ''),
        rung: () => graph.requests.filter(({ method }) => method === 'POST').length,
      })
    })
  } finally {
    await graph.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

/** Each call gets an id of its own. */
export const answer = (): Reply => ({
  status: 201,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ '@odata.type': '#microsoft.graph.call', id: randomUUID(), state: 'establishing' }),
})
