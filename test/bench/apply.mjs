import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { applyPeers, slowCalls } from './apply-peers.mjs'
import { startServer, timeOf } from './processes.mjs'
import { makeWorkspace } from './workspace.mjs'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))
const count = 1000

/** From the first request to the last answer, as the server sees it: a rate, without what comes before and after. */
export const apply = {
  name: 'P6',
  words: 'apply 1,000 calls, answers after 50 ms, against a bare client',
  async prepare(setting) {
    const place = await preparePlace(setting, 50)
    const { server } = place
    const groups = [8, 64].map((concurrency) => ({
      title: `first request to last answer, ${count} calls, ${concurrency} at once, answers after 50 ms`,
      contenders: [
        ...['node:http', 'cross-fetch'].map((client) => ({
          name: `bare client, ${client}`,
          ...place.run([pathOf('bare-client.mjs'), server.url, place.compiled, `${concurrency}`, client]),
        })),
        ...place.appliers(concurrency),
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
    const place = await preparePlace(setting, 0)
    const { calls, server } = place
    const slowServer = await startCallServer(setting, 0, slowCalls)
    const loop = [pathOf('fetch-loop.mjs'), server.url, place.compiled]
    const peers = applyPeers({ folder: setting.folder, calls, server, slowServer })
    const contenders = [
      { name: 'fetch loop, one by one', ...place.run(loop) },
      ...place.appliers(8),
      ...peers.contenders,
    ]
    const group = { title: `apply ${count}, 8 at once, answers at once`, contenders, missing: peers.missing }
    return { groups: [group], close: () => Promise.all([server.close(), slowServer.close()]) }
  },
}

/** A server that awaits so many calls, and tells how long they took from first to last. */
export async function startCallServer({ folder }, delay, awaited) {
  const path = join(folder, `answered-${delay}-${awaited}`)
  const server = await startServer([pathOf('call-server.mjs'), String(delay), String(awaited), path])
  const read = () => {
    const answered = JSON.parse(readFileSync(path, 'utf8'))
    // So that a run that does not send all has no time, and not that of the last.
    rmSync(path)
    return answered
  }
  return {
    ...server,
    /** Milliseconds. */
    readTime: () => read().milliseconds,
    /** The same; throws unless bodies came that are as long as these calls are together. */
    readTimeOf(calls) {
      const { milliseconds, bytes } = read()
      const expected = calls.reduce((sum, call) => sum + Buffer.byteLength(JSON.stringify(call)), 0)
      if (bytes === expected) return milliseconds
      throw new Error(`${bytes} bytes were sent, and ${expected} were to be`)
    },
  }
}

/** A workspace beside a server, and plans that were saved for it, so that YAML has no part in what is measured. */
async function preparePlace(setting, delay) {
  const { folder, bundles } = setting
  const server = await startCallServer(setting, delay, count)
  const cwd = makeWorkspace(join(folder, `apply-${delay}`), count)
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
  const lines = readFileSync(compiled, 'utf8').trimEnd().split('\n')
  const calls = lines.map((line) => JSON.parse(line).call)
  return { server, calls, compiled, run, appliers }
}
