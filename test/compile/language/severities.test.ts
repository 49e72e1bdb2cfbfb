import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { adjustableCodes } from '../../../src/compile/language/read-settings.js'
import { diagnosticCodes } from '../../../src/model/diagnostics/diagnostic-codes.js'
import { compileLinted, type Files, noValues } from '../../helpers/workspace.js'

const test = suite('severities')

const files = (lints: string, call = 'subject: x'): Files => ({
  'callctl.yaml': `lints: { ${lints} }\n`,
  'calls/a.yaml': `calls: { a: { call: { callbackUri: https://bot.example/cb, targets: [{ identity: { user: { id: adele } } }], ${call} } } }\n`,
})
const found = (made: Files, isStrict = false) =>
  compileLinted(made, { ...noValues, isStrict }).diagnostics.map(
    ({ code, severity }) => `${severity} ${code}`,
  )

test('a lint is as severe as usual, unless the team says otherwise', () => {
  assert.equal(found(files('')), ['warning lint/no-media'])
  assert.equal(found(files('lint/no-media: error')), ['error lint/no-media'])
  assert.equal(found(files('lint/no-media: warn')), ['warning lint/no-media'])
  assert.equal(found(files('lint/no-media: off')), [])
})

test('an unknown property may be lowered, and the call compiles', () => {
  const made = files('lint/no-media: off, schema/unknown-property: warn', 'subjectt: x')
  const { payloads } = compileLinted(made)
  assert.equal(found(made), ['warning schema/unknown-property'])
  assert.is(payloads[0]?.call['subjectt'], 'x')
})

test('--strict makes warnings errors, which leave no payload', () => {
  assert.equal(found(files(''), true), ['error lint/no-media'])
  assert.equal(compileLinted(files(''), { ...noValues, isStrict: true }).payloads, [])
})

test('--strict brings nothing back that is off', () => {
  assert.equal(found(files('lint/no-media: off'), true), [])
})

test('--strict holds for warnings of the language too', () => {
  const made = { ...files('lint/no-media: off'), 'templates/t.yaml': 'variables: { v: {} }\ncall: {}\n' }
  assert.equal(found(made, true), ['error variable/unused'])
})

test('only lints, warnings and unknown properties can be set', () => {
  const others = adjustableCodes.filter(
    (code) =>
      !code.startsWith('lint/') && diagnosticCodes[code as keyof typeof diagnosticCodes][0] === 'error',
  )
  assert.equal(others, ['schema/unknown-property'])
})

test.run()
