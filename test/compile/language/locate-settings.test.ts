import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { locateSettings } from '../../../src/compile/language/locate-settings.js'

const test = suite('locateSettings')
const text = `graph: { version: beta }
tenantId: "{{env.T}}"
limits: { people: 5 }
environments:
  staging: { limits: { people: 1, concurrency: 2 } }
`
const source = { path: 'callctl.yaml', text }
const found = (environment?: string) =>
  Object.fromEntries(
    locateSettings(source, environment).map(({ name, value, range }) => [
      name,
      [value, range && text.slice(range.start, range.end)],
    ]),
  )

test('says what is in force, and where it stands', () => {
  assert.equal(found()['graph.version'], ['beta', 'beta'])
  assert.equal(found()['tenantId'], ['{{env.T}}', '"{{env.T}}"'])
  assert.equal(found()['limits.people'], ['5', '5'])
  assert.equal(found()['limits.concurrency'], ['8', undefined])
})

test('an environment lies over the rest, key by key', () => {
  assert.equal(found('staging')['limits.people'], ['1', '1'])
  assert.equal(found('staging')['graph.version'], ['beta', 'beta'])
})

test('without a file, and with one that cannot be parsed, all are defaults', () => {
  for (const each of [undefined, { ...source, text: 'a: [' }]) {
    assert.ok(locateSettings(each, undefined).every(({ range }) => range === undefined))
  }
})

test.run()
