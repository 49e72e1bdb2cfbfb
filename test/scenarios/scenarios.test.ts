import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatScenario, parseScenario } from '../helpers/scenario.js'
import { runScenario } from '../helpers/scenario-run.js'

// Whole runs of commands, written down in *.scenario files. `UPDATE=1` rewrites them; then read the diff. `SCENARIO=plan`
// runs those alone whose names hold that word.

const test = suite('scenarios')
const folder = join(process.cwd(), 'test', 'scenarios')
const wanted = process.env['SCENARIO'] ?? ''
const names = readdirSync(folder).filter((name) => name.endsWith('.scenario') && name.includes(wanted))
const isUpdate = process.env['UPDATE'] === '1'

/** Two at a time; each test then waits for its own. */
const runs = new Map<string, Promise<string>>()

test.before(() => {
  const left = [...names]
  const lane = (before: Promise<unknown>): void => {
    const name = left.shift()
    if (name === undefined) return
    const run = before.then(() => observe(name))
    runs.set(name, run)
    lanes.push(run.catch(() => undefined))
  }
  const lanes: Promise<unknown>[] = []
  while (left.length > 0) lane(lanes.at(-2) ?? Promise.resolve())
})

async function observe(name: string): Promise<string> {
  return formatScenario(await runScenario(parseScenario(readFileSync(join(folder, name), 'utf8'))))
}

for (const name of names) {
  test(name.replace('.scenario', ''), async () => {
    const text = await runs.get(name)!
    if (isUpdate) writeFileSync(join(folder, name), text)
    else assert.fixture(text, readFileSync(join(folder, name), 'utf8'))
  })
}

test.run()
