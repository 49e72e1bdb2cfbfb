import { join } from 'node:path'
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
