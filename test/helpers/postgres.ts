// A real PostgreSQL server for tests: a cluster of its own in a temporary folder, on a socket, as another user than root.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import pg from 'pg'

export interface Cluster {
  /** The folder of its socket. */
  readonly folder: string
  /** What CALLCTL_RECORD says of one of its databases. */
  url(database?: string): string
  /** Runs statements as the superuser; rows of the last one. */
  sql(text: string, database?: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Starts it, with settings such as `fsync=off`; resolves when it takes connections. */
  start(settings?: readonly string[]): Promise<void>
  /** `SIGINT` is its fast shutdown. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Stops it, and removes its folder. */
  end(): Promise<void>
}

const versions = '/usr/lib/postgresql'

/** Debian keeps each version's programs in a folder of its own. */
const programs = existsSync(versions)
  ? join(
      versions,
      readdirSync(versions)
        .sort((a, b) => Number(a) - Number(b))
        .at(-1) ?? '',
      'bin',
    )
  : undefined

export const isInstalled = programs !== undefined

type Register = (name: string, work: () => void | Promise<void>) => void

/** Registers tests where there is a server to be run. `.ci/run` installs one. */
export function withServer(test: Register & { readonly skip: Register }): Register {
  if (programs === undefined) console.log('skipped: PostgreSQL is not installed here')
  return programs === undefined ? test.skip : test
}

/** The server refuses to run as root. */
const owner = process.getuid?.() === 0 ? idsOf('postgres') : undefined

function idsOf(user: string): { readonly uid: number; readonly gid: number } | undefined {
  if (programs === undefined) return undefined
  const id = (word: string): number => Number(execFileSync('id', [word, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Runs one of PostgreSQL’s programs, or another one by its path, as whoever the server runs as; what it printed. */
export const runAsOwner = (program: string, words: readonly string[]): string =>
  execFileSync(isAbsolute(program) ? program : join(programs!, program), words, {
    ...owner,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  })

const superuser = 'callctl_test'

/** Makes a cluster in a new folder, or, given one, of what is there; it has to be started. */
export function createCluster(existing?: string): Cluster {
  const folder = existing ?? makeFolder()
  const data = join(folder, 'data')
  if (existing === undefined) {
    const words = ['-D', data, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']
    execFileSync(join(programs!, 'initdb'), words, { ...owner, stdio: 'ignore' })
  }
  let server: ChildProcess | undefined
  const stop = async (signal: NodeJS.Signals = 'SIGINT'): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const gone = new Promise((resolve) => server!.once('exit', resolve))
    server.kill(signal)
    await gone
  }
  const url = (database = 'postgres'): string => `postgres://${superuser}@/${database}?host=${folder}`
  return {
    folder,
    url,
    async sql(text, database = 'postgres') {
      const client = new pg.Client({ host: folder, user: superuser, database })
      client.on('error', () => {})
      await client.connect()
      try {
        const results: unknown = await client.query(text)
        const last = Array.isArray(results) ? results.at(-1) : results
        return (last as { readonly rows: Readonly<Record<string, unknown>>[] }).rows
      } finally {
        await client.end()
      }
    },
    async start(settings = []) {
      const words = [
        '-D',
        data,
        '-k',
        folder,
        '-c',
        'listen_addresses=',
        ...settings.flatMap((each) => ['-c', each]),
      ]
      server = spawn(join(programs!, 'postgres'), words, { ...owner, stdio: ['ignore', 'ignore', 'pipe'] })
      await ready(server)
    },
    stop,
    async end() {
      await stop('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Of the server’s owner. */
/** Files that the server is to read and nobody else may. */
export function giveToOwner(path: string): void {
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid)
}

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-pg-'))
  chmodSync(folder, 0o755)
  giveToOwner(folder)
  return folder
}

function ready(server: ChildProcess): Promise<void> {
  let log = ''
  return new Promise((resolve, reject) => {
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      log += text
      if (/database system is ready to accept (?:read-only )?connections/.test(log)) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL ended at once:\n${log}`)))
  })
}

/** A server for the tests of one file, which runs from the first to the last of them. */
export function serverFor(
  test: Register & { readonly skip: Register } & Record<
      'before' | 'after',
      (work: () => Promise<void>) => void
    >,
  settings: readonly string[] = [],
): { readonly onServer: Register; readonly cluster: () => Cluster } {
  let cluster: Cluster | undefined
  const onServer = withServer(test)
  if (programs !== undefined) {
    test.before(async () => {
      cluster = createCluster()
      await cluster.start(settings)
    })
    test.after(async () => cluster?.end())
  }
  return { onServer, cluster: () => cluster! }
}
