import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type RunCase, runCase } from './run.js'
import { runsOfOperators } from './runs-of-operators.js'
import { runsOfPlaces } from './runs-of-places.js'
import { runsOfRecord } from './runs-of-record.js'
import { runsOfWords } from './runs-of-words.js'

const test = suite('cases/runs')

const runs: readonly RunCase[] = [...runsOfRecord, ...runsOfWords, ...runsOfPlaces, ...runsOfOperators]

for (const each of runs) {
  test(`${each.of}: ${each.what}`, async () => {
    const { code, stdout, stderr, placed, kept } = await runCase(each)
    const said = `${stdout}${stderr}`
    assert.is(code, each.exit, said)
    for (const text of each.says ?? []) assert.match(said, text)
    for (const text of each.hides ?? []) assert.not.match(said, text)
    if (each.lines !== undefined) assert.ok(said.split('\n').length <= each.lines, said)
    if (each.lines !== undefined) assert.equal(said.split('\n').filter(isTooLong), [])
    if (each.placed !== undefined) assert.is(placed, each.placed, said)
    assert.equal(kept, each.keeps ?? [])
  })
}

/** A word alone may be longer than a line: an address is never broken. */
const isTooLong = (line: string): boolean => [...line].length > 80 && /\S\s+\S/.test(line.trim())

test('no case stands twice', () => {
  const names = runs.map(({ of, what }) => `${of}: ${what}`)
  assert.is(new Set(names).size, names.length)
})

test.run()
