import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from '../../src/compile/yaml/parse.js'
import { entryOf, type MapEntry } from '../../src/model/language/document.js'
import { readStock } from './stock.js'

const test = suite('descriptions')

function descriptionOf(owner: MapEntry['value'] | undefined): string {
  const node = entryOf(owner, 'description')?.value
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
}

for (const source of readStock().templates) {
  const root = parse(source).value?.root

  test(`${source.path} says what it is for`, () => {
    assert.ok(descriptionOf(root).length > 20)
  })

  test(`${source.path} says what each of its variables means, and of what type it is`, () => {
    const variables = entryOf(root, 'variables')?.value
    assert.ok(variables?.kind === 'map' && variables.entries.length > 0)
    const silent = variables.entries
      .filter(({ value }) => descriptionOf(value) === '' || entryOf(value, 'type') === undefined)
      .map(({ key }) => key.value)
    assert.equal(silent, [])
  })
}

test.run()
