import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { holdBuiltInHistory } from './history.js'

/** A workspace in a temporary folder. */
export interface Workspace {
  readonly folder: string
  write(path: string, text: string): void
  read(path: string): string
  remove(path: string): void
}

/** Makes a workspace for one test, and takes it away whatever happens. */
export async function withWorkspace(
  files: Readonly<Record<string, string>>,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callctl-test-')))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  try {
    for (const [path, text] of Object.entries(files)) write(path, text)
    await work({
      folder,
      write,
      read: (path) => readFileSync(join(folder, path), 'utf8'),
      remove: (path) => rmSync(join(folder, path), { recursive: true }),
    })
    holdBuiltInHistory(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface LockfileEntry {
  readonly state: string
  readonly callId?: string
  readonly digest: string
  readonly reason?: string
}

/** None where there is no lockfile. */
export function readEntries(
  { folder, read }: Workspace,
  path = 'calls.lock.json',
): Readonly<Record<string, LockfileEntry>> {
  if (!existsSync(join(folder, path))) return {}
  return (JSON.parse(read(path)) as { calls: Record<string, LockfileEntry> }).calls
}

export const stockTemplate = (name: string): string =>
  readFileSync(join(process.cwd(), 'templates', `${name}.yaml`), 'utf8')

/** Files of a workspace with one peer-to-peer call for each name. */
export function peerCalls(names: readonly string[], concurrency = 1): Readonly<Record<string, string>> {
  const calls = names.map((name) => [name, { uses: 'p2p-voip', with: { userId: userOf(name) } }])
  return {
    'callctl.yaml': `version: 1
limits: { concurrency: ${concurrency} }
defaults: { callbackUri: "https://bot.contoso.com/callback" }
`,
    'templates/p2p-voip.yaml': stockTemplate('p2p-voip'),
    'calls/calls.yaml': JSON.stringify({ calls: Object.fromEntries(calls) }),
  }
}

/** A user id of each name's own, so that a request tells which call it is. */
export const userOf = (name: string): string =>
  `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`
