import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startCallServer } from './apply.mjs'
import { makeLockfile } from './lockfile.mjs'
import { makeRowsWorkspace } from './workspace.mjs'

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
