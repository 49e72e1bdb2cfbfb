import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { startCallServer } from './apply.mjs'
import { timeOf } from './processes.mjs'
import { makeWorkspace } from './workspace.mjs'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))
const count = 1000
const runners = 4

/** A record on PostgreSQL, of this machine, against the one on its disk; and one plan on several runners. */
export const shared = {
  name: 'P11',
  words:
    'apply 1,000 calls with a shared record, answers after 50 ms, against the local record: needs PostgreSQL',
  async prepare(setting) {
    const { createCluster, isInstalled, runAsOwner } = await loadHelper(setting.folder)
    const missing = isInstalled ? [] : ['PostgreSQL is not installed']
    if (!isInstalled) return { groups: [{ title: 'shared record', contenders: [], missing }] }
    const cluster = createCluster()
    await cluster.start()
    const server = await startCallServer(setting, 50, count)
    const database = { cluster, runAsOwner, env: { CALLCTL_RECORD: cluster.url() } }
    const groups = [8, 64].map((concurrency) => ({
      title: `first request to last answer, ${count} calls, ${concurrency} at once, answers after 50 ms`,
      contenders: [
        makeLocal(setting, server, concurrency),
        makeShared(setting, server, { concurrency, ...database }),
        ...(concurrency === 8 ? [makeMany(setting, server, { concurrency, ...database })] : []),
      ].map((contender) => ({ ...contender, time: server.readTime })),
    }))
    const close = async () => {
      await server.close()
      await cluster.end()
    }
    return { groups, close }
  },
}

/** The tests' own server. */
async function loadHelper(folder) {
  const outfile = join(folder, 'postgres.mjs')
  await build({
    entryPoints: [pathOf('../helpers/postgres.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' },
    // What it is made of reads its own files.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  })
  return import(pathToFileURL(outfile).href)
}

const applying = (path, concurrency) => [
  path,
  'apply',
  'plan.json',
  '--yes',
  '--concurrency',
  `${concurrency}`,
]

function makeLocal({ folder, bundles }, server, concurrency) {
  const [{ label, path }] = bundles
  const env = { CALLCTL_GRAPH_ROOT: server.url }
  const cwd = makeWorkspace(join(folder, `local-${concurrency}`), count)
  timeOf({ words: [path, 'plan', '--out', 'plan.json'], cwd, env })
  const before = () => {
    rmSync(join(cwd, '.callctl'), { recursive: true, force: true })
    rmSync(join(cwd, 'calls.lock.json'), { force: true })
  }
  return { name: `${label} local record`, before, command: { words: applying(path, concurrency), cwd, env } }
}

function makeShared({ folder, bundles }, server, { concurrency, ...database }) {
  const [{ label, path }] = bundles
  const env = { CALLCTL_GRAPH_ROOT: server.url, ...database.env }
  const cwd = shareWorkspace(join(folder, `shared-${concurrency}`), path, env)
  const before = () => forget([cwd], database)
  return { name: `${label} shared record`, before, command: { words: applying(path, concurrency), cwd, env } }
}

/** Each runner has a checkout of its own. */
function makeMany({ folder, bundles }, server, { concurrency, ...database }) {
  const [{ label, path }] = bundles
  const env = { CALLCTL_GRAPH_ROOT: server.url, ...database.env }
  const first = shareWorkspace(join(folder, 'many-1'), path, env)
  const others = Array.from({ length: runners - 1 }, (_, index) => join(folder, `many-${index + 2}`))
  for (const other of others) cpSync(first, other, { recursive: true })
  const clones = [first, ...others]
  const words = [pathOf('side-by-side.mjs'), ...clones, '--', ...applying(path, concurrency), '--share']
  const before = () => forget(clones, database)
  return { name: `${label} ${runners} runners of one plan`, before, command: { words, cwd: folder, env } }
}

function shareWorkspace(folder, path, env) {
  const cwd = makeWorkspace(folder, count)
  const settings = join(cwd, 'callctl.yaml')
  writeFileSync(settings, `${readFileSync(settings, 'utf8')}record: { kind: postgres }\n`)
  timeOf({ words: [path, 'record', 'init'], cwd, env })
  timeOf({ words: [path, 'plan', '--out', 'plan.json'], cwd, env })
  return cwd
}

/** What a run has recorded, on disk, in the lockfile and in the database. */
function forget(clones, { cluster, runAsOwner }) {
  for (const cwd of clones) {
    rmSync(join(cwd, '.callctl'), { recursive: true, force: true })
    const path = join(cwd, 'calls.lock.json')
    writeFileSync(
      path,
      `${JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), calls: {} }, null, 2)}\n`,
    )
  }
  const tables = ['claim', 'outcome', 'ruling', 'ending', 'run'].map((name) => `callctl.${name}`).join(', ')
  runAsOwner('psql', ['-qd', cluster.url(), '-c', `truncate ${tables}`])
}
