import { join } from 'node:path'
import { makeWorkspace } from './workspace.mjs'

/** Cold start: a version, and the smallest workspace that there is, against Node doing nothing. */
export const start = {
  name: 'P1',
  words: 'cold start',
  /** Short processes need more rounds than long ones for a steady median. */
  roundsFactor: 5,
  prepare({ folder, bundles }) {
    const cwd = makeWorkspace(join(folder, 'start'), 1)
    const node = { name: 'node -e 0', command: { words: ['-e', '0'] } }
    const contenders = bundles.flatMap(({ label, path }) => [
      { name: `${label} --version`, command: { words: [path, '--version'], cwd } },
      { name: `${label} validate (1 call)`, command: { words: [path, 'validate'], cwd } },
    ])
    return { groups: [{ title: 'start', contenders: [node, ...contenders] }] }
  },
}
