import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { makeLockfile } from './lockfile.mjs'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))
const entries = 100_000
const definitions = 1000

/** From the lockfile's bytes to the plan, without starting and compiling, which other rows measure. */
export const plan = {
  name: 'P7',
  words: 'plan over a lockfile of 100,000 entries, against JSON.parse and sort',
  prepare({ folder }) {
    const lockfile = join(folder, 'plan', 'calls.lock.json')
    makeLockfile(lockfile, entries)
    const output = join(folder, 'plan', 'milliseconds')
    const contenders = [
      { name: 'JSON.parse and sort', words: [pathOf('limit-plan.mjs'), lockfile] },
      {
        name: 'callctl',
        words: [pathOf('plan-stage.mjs'), bundleStages(folder), lockfile, String(definitions)],
      },
    ].map(({ name, words }) => ({
      name,
      command: { words, output },
      time: () => Number(readFileSync(output, 'utf8')),
    }))
    return { groups: [{ title: `lockfile of ${entries} to a plan of ${definitions} calls`, contenders }] }
  },
}

const stages = `
export { loadRecord } from './src/record/load-record.js'
export { createPlan } from './src/plan/create-plan.js'
export { countUsage } from './src/plan/count-calls.js'
`

function bundleStages(folder) {
  const outfile = join(folder, 'stages.mjs')
  const stdin = { contents: stages, resolveDir: pathOf('../..') }
  buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' })
  return outfile
}
