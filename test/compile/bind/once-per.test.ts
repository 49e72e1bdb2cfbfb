import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codesOf, compileFiles, type Files, vars } from '../../helpers/workspace.js'

const test = suite('oncePer, movedFrom and onChange')

const files = (definition: string, head = 'variables: { incident: INC-1 }\n', name = 'a'): Files => ({
  'calls/a.yaml': `${head}calls:\n  '${name}': { ${definition}, call: { callbackUri: https://b.example } }\n`,
})
const payloadOf = (made: Files, values?: Parameters<typeof compileFiles>[1]) => {
  const { payloads, diagnostics } = compileFiles(made, values)
  assert.equal(diagnostics, [])
  return payloads[0]!
}

test('the occasion is part of the address', () => {
  const made = files("oncePer: '{{incident}}'")
  assert.is(payloadOf(made).address, 'a@INC-1')
  assert.is(payloadOf(made, vars({ incident: 'INC-2' })).address, 'a@INC-2')
})

test('an occasion may have blanks and letters of any language', () => {
  assert.is(payloadOf(files("oncePer: '{{incident}} Übung'")).address, 'a@INC-1 Übung')
})

for (const bad of ['" x"', '"x "', '"a\\nb"', '"a\\u202eb"', '"a\\u2028b"'])
  test(`${bad} is no occasion`, () => {
    assert.equal(codesOf(files(`oncePer: ${bad}`, '')), ['definition/name'])
  })

test('the payload does not depend on the occasion', () => {
  const made = files("oncePer: '{{incident}}'")
  assert.is(payloadOf(made).digest, payloadOf(made, vars({ incident: 'INC-2' })).digest)
})

test('names stay unique, whatever the occasion', () => {
  const text = `calls:
  a: { oncePer: x, call: { callbackUri: https://b.example } }
  A: { oncePer: y, call: { callbackUri: https://b.example } }
`
  assert.equal(codesOf({ 'calls/a.yaml': text }), ['definition/duplicate-name'])
})

test('forEach has an occasion for each item', () => {
  const made = files(
    "forEach: '{{l}}', as: p, oncePer: '{{p}}-{{@index}}'",
    'variables: { l: [x, y] }\n',
    'n-{{p}}',
  )
  assert.equal(
    compileFiles(made).payloads.map(({ address }) => address),
    ['n-x@x-0', 'n-y@y-1'],
  )
})

test('movedFrom is rendered, and may name an occasion', () => {
  const made = files("movedFrom: 'old@{{incident}}'")
  assert.is(payloadOf(made).movedFrom, 'old@INC-1')
})

test('onChange gives leave to redial', () => {
  assert.is(payloadOf(files('onChange: redial', '')).onChange, 'redial')
  assert.is(payloadOf(files('description: x', '')).onChange, undefined)
})

test.run()
