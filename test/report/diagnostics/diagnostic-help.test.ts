import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type DiagnosticCode, diagnosticCodes } from '../../../src/model/diagnostics/diagnostic-codes.js'
import { diagnosticHelp } from '../../../src/report/diagnostics/diagnostic-help.js'
import { compileLinted } from '../../helpers/workspace.js'

const test = suite('diagnostic help')
const codes = Object.keys(diagnosticCodes) as DiagnosticCode[]
/** Found on disk, or only in files too long to show. */
const inWords = [
  'file/extension',
  'file/too-large',
  'file/unreadable',
  'limit/steps',
  'operation/body',
  'payload/too-large',
  'record/changed',
  'record/edited',
  'yaml/too-deep',
]

for (const code of codes) {
  const { example } = diagnosticHelp[code]
  if (typeof example === 'string') continue
  test(`the example of ${code} provokes it`, () => {
    const { diagnostics } = compileLinted(example)
    assert.ok(
      diagnostics.some((diagnostic) => diagnostic.code === code),
      JSON.stringify(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.message])),
    )
  })
}

test('examples in words are few and known', () => {
  const found = codes.filter((code) => typeof diagnosticHelp[code].example === 'string')
  assert.equal(found.toSorted(), inWords)
})

test('there is help for existing codes alone', () => {
  assert.equal(Object.keys(diagnosticHelp).toSorted(), codes.toSorted())
})

test('every fix is a sentence', () => {
  for (const code of codes) assert.match(diagnosticHelp[code].fix, /^[A-Z`].+[.`]$/s, code)
})

test.run()
