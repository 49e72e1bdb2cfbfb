import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile/compile.js'
import type { JsonObject, JsonValue } from '../../src/model/json.js'
import { tokensOf } from '../../src/model/pointer.js'
import { readWorkspace } from '../../src/read/read-workspace.js'
import { inFolder } from '../read/folder.js'
import type { Case } from './case.js'
import { casesElsewhere } from './elsewhere.js'
import { casesOfLinks } from './links.js'
import { casesOfLints } from './lints.js'
import { casesOfLists } from './lists.js'
import { casesOfNumbers } from './numbers.js'
import { casesOfPeople } from './people.js'
import { casesOfWords } from './words.js'

const test = suite('cases')

const cases: readonly Case[] = [
  ...casesOfPeople,
  ...casesOfNumbers,
  ...casesOfLinks,
  ...casesOfLists,
  ...casesOfWords,
  ...casesOfLints,
]

for (const { of, what, files, environment = {}, gives } of cases) {
  test(`${of}: ${what}`, () =>
    inFolder(files, (folder) => {
      const found = compile(readWorkspace(folder, []), { environment, assignments: [] })
      const codes = [...new Set(found.diagnostics.map(({ code }) => code))].sort()
      const said = found.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n')
      assert.equal(codes, gives.codes ?? [], said)
      const { at = '/subject', value, calls } = gives
      if (value !== undefined) assert.equal(valueAt(found.payloads[0]?.call, at), value)
      if (calls !== undefined)
        assert.equal(
          found.payloads.map(({ address }) => address),
          calls,
        )
    }))
}

function valueAt(root: JsonObject | undefined, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root
  for (const name of tokensOf(pointer)) value = (value as JsonObject | undefined)?.[name]
  return value
}

for (const { of, what, file, title } of casesElsewhere) {
  test(`${of}: ${what}, in ${file}`, () => {
    assert.match(readFileSync(join(process.cwd(), 'test', file), 'utf8'), title)
  })
}

test('no case stands twice', () => {
  const names = cases.map(({ of, what }) => `${of}: ${what}`)
  assert.is(new Set(names).size, names.length)
})

test.run()
