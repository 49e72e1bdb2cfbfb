import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startCallServer } from './apply.mjs'
import { makeLockfile } from './lockfile.mjs'
import { makeRowsWorkspace, makeWorkspace } from './workspace.mjs'

const counts = [1000, 10_000, 100_000]

/** What grows with a team: definitions over a list, and the record of all that was ever placed. */
export const scale = {
  name: 'scale',
  words: 'compile and plan at 1,000, 10,000 and 100,000 calls; size of the lockfile',
  prepare({ folder, bundles }) {
    const workspaces = counts.map((count) => {
      const cwd = makeRowsWorkspace(join(folder, `scale-${count}`), count, 'csv')
      const path = join(cwd, '.callctl', 'simulator.lock.json')
      const bytes = makeLockfile(path, count, (number) => `drill-${String(number).padStart(5, '0')}`)
      return { count, cwd, megabytes: (bytes / 1e6).toFixed(1) }
    })
    const [{ path }] = bundles
    const groupOf = (title, words) => ({
      title,
      contenders: workspaces.map(({ count, cwd, megabytes }) => ({
        name: `${count}, lockfile ${megabytes} MB`,
        calls: count,
        command: { words: [path, ...words], cwd },
      })),
    })
    return {
      groups: [
        groupOf('compile, one definition over CSV', ['compile', '--format', 'ndjson']),
        groupOf('plan, all of these calls placed before', ['plan', '--simulator']),
      ],
    }
  },
}

/** As `scale`; more than that a lockfile cannot hold. */
export const scaleMillion = {
  name: 'scale-million',
  words: 'compile at 1,000,000 rows, and at 100,000 calls in 10,000 files of YAML: minutes',
  prepare({ folder, bundles }) {
    const [{ path }] = bundles
    const words = [path, 'compile', '--format', 'ndjson']
    const rows = makeRowsWorkspace(join(folder, 'scale-million'), 1_000_000, 'csv')
    const files = makeWorkspace(join(folder, 'scale-files'), 100_000)
    const cache = join(folder, 'scale-cache')
    mkdirSync(cache)
    const contenders = [
      { name: '1000000 rows', calls: 1_000_000, command: { words, cwd: rows } },
      { name: '100000 in YAML', calls: 100_000, command: { words, cwd: files } },
      { name: '100000 in YAML, again', calls: 100_000, command: { words, cwd: files, cache } },
    ]
    return { groups: [{ title: 'compile, rows of CSV, and definitions one by one', contenders }] }
  },
}

/** From definitions to a lockfile of all of them; every call is claimed and recorded. */
export const scaleApply = {
  name: 'scale-apply',
  words: 'apply at 1,000, 10,000 and 100,000 calls, answers at once: minutes, and a gigabyte of disk',
  async prepare(setting) {
    const { folder, bundles } = setting
    const [{ path }] = bundles
    const servers = []
    const contenders = []
    for (const count of counts) {
      const server = await startCallServer(setting, 0, count)
      servers.push(server)
      const cwd = makeRowsWorkspace(join(folder, `scale-apply-${count}`), count, 'csv')
      const words = [path, 'apply', '--yes', '--concurrency', '64', '--simulator', server.url]
      contenders.push({
        name: `${count} calls`,
        calls: count,
        // A recorded call is not placed again.
        before: () => rmSync(join(cwd, '.callctl'), { recursive: true, force: true }),
        command: { words, cwd },
      })
    }
    const close = () => Promise.all(servers.map((server) => server.close()))
    return { groups: [{ title: 'apply, one definition over CSV, 64 at once', contenders }], close }
  },
}
