import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer, timeOf } from './processes.mjs'
import { makeWorkspace } from './workspace.mjs'

const bareClient = fileURLToPath(new URL('bare-client.mjs', import.meta.url))
const answers = [
  { words: [], text: 'at once' },
  { words: ['--faults', 'latency=50'], text: 'after 50 ms' },
]

/** Whole runs, from YAML to the last outcome; `plan` shows what of that comes before the first call. */
export const apply = {
  name: 'P6',
  words: 'apply on a simulator',
  async prepare(setting) {
    const { bundles } = setting
    const servers = await Promise.all(
      answers.map(({ words }) => startServer([bundles[0].path, 'simulator', ...words])),
    )
    const workspaces = [100, 1000].map((count) => makeCalls(count, setting))
    const groups = answers.flatMap(({ text }, index) =>
      workspaces.flatMap((calls) =>
        [8, 64].map((concurrency) =>
          applyGroup({ calls, concurrency, text, url: servers[index].url, bundles }),
        ),
      ),
    )
    return { groups, close: () => Promise.all(servers.map((server) => server.close())) }
  },
}

function makeCalls(count, { folder, bundles }) {
  const cwd = makeWorkspace(join(folder, `apply-${count}`), count)
  const compiled = join(folder, `apply-${count}.ndjson`)
  timeOf({ words: [bundles[0].path, 'compile', '--format', 'ndjson'], cwd, output: compiled })
  return { count, cwd, compiled }
}

function applyGroup({ calls, concurrency, text, url, bundles }) {
  const { count, cwd, compiled } = calls
  const bare = { name: 'bare client', command: { words: [bareClient, url, compiled, String(concurrency)] } }
  // A recorded call is not placed again: without this, only the first run would place any.
  const before = () => rmSync(join(cwd, '.callctl'), { recursive: true, force: true })
  const contenders = bundles.flatMap(({ label, path }) => {
    const words = (command) => [path, command, '--simulator', url]
    return [
      { name: `${label} plan`, before, command: { words: words('plan'), cwd } },
      {
        name: `${label} apply`,
        before,
        command: { words: [...words('apply'), '--yes', '--concurrency', String(concurrency)], cwd },
      },
    ]
  })
  return { title: `apply ${count}, ${concurrency} at once, ${text}`, contenders: [bare, ...contenders] }
}
