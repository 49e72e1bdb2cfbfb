import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mutants } from './mutant-list.mjs'

const test = suite('mutants')

for (const mutant of mutants) {
  test(`${mutant.name}: its text stands once where it is to be replaced`, () => {
    for (const { file, from } of 'changes' in mutant ? mutant.changes : [mutant])
      assert.is(readFileSync(file, 'utf8').split(from).length, 2, file)
  })
}

test.run()
