import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer, timeOf } from './processes.mjs'
import { makeWorkspace } from './workspace.mjs'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))
const calls = 1000

/** From the first request to the last answer, as the server sees it: a rate, without what comes before and after. */
export const apply = {
  name: 'P6',
  words: 'apply 1,000 calls, answers after 50 ms, against a bare client',
  async prepare(setting) {
    const server = await startCallServer(setting, 50)
    const groups = [8, 64].map((concurrency) => ({
      title: `first request to last answer, ${calls} calls, ${concurrency} at once, answers after 50 ms`,
      contenders: [
        {
          name: 'bare client',
          ...server.run([pathOf('bare-client.mjs'), server.url, server.compiled, `${concurrency}`]),
        },
        ...server.appliers(concurrency),
      ].map((contender) => ({ ...contender, time: server.readTime })),
    }))
    return { groups, close: server.close }
  },
}

/** Whole processes, and all that people know to do without callctl. */
export const applyFast = {
  name: 'P6b',
  words: 'apply 1,000 calls, answers at once, against what people use today',
  async prepare(setting) {
    const server = await startCallServer(setting, 0)
    const loop = [pathOf('fetch-loop.mjs'), server.url, server.compiled]
    const contenders = [{ name: 'fetch loop, one by one', ...server.run(loop) }, ...server.appliers(8)]
    const title = [`apply ${calls}, 8 at once, answers at once`, ...missing].join('\n  not measured: ')
    return { groups: [{ title, contenders }], close: server.close }
  },
}

/** Peers that send requests from a file of data; none of them records anything durably. */
const missing = [
  'newman (npm install --global newman)',
  'Bruno (npm install --global @usebruno/cli)',
  'stepci (npm install --global stepci)',
]

/** A server that counts, and plans that were saved for it, so that YAML has no part in what is measured. */
async function startCallServer({ folder, bundles }, delay) {
  const times = join(folder, `answered-${delay}`)
  const server = await startServer([pathOf('call-server.mjs'), String(delay), String(calls), times])
  const cwd = makeWorkspace(join(folder, `apply-${delay}`), calls)
  const compiled = join(folder, `apply-${delay}.ndjson`)
  timeOf({ words: [bundles[0].path, 'compile', '--format', 'ndjson'], cwd, output: compiled })
  const simulator = ['--simulator', server.url]
  // A recorded call is not placed again: without this, only the first run would place any.
  const before = () => rmSync(join(cwd, '.callctl'), { recursive: true, force: true })
  const run = (words) => ({ before, command: { words, cwd } })
  const appliers = (concurrency) =>
    bundles.map(({ label, path }, index) => {
      const plan = join(folder, `plan-${delay}-${concurrency}-${index}.json`)
      timeOf({ words: [path, 'plan', ...simulator, '--out', plan], cwd })
      const words = [path, 'apply', plan, '--yes', '--concurrency', `${concurrency}`, ...simulator]
      return { name: `${label} apply of a saved plan`, ...run(words) }
    })
  return {
    url: server.url,
    compiled,
    run,
    appliers,
    readTime: () => Number(readFileSync(times, 'utf8')),
    close: server.close,
  }
}
