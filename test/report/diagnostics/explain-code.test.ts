import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type DiagnosticCode, diagnosticCodes } from '../../../src/model/diagnostics/diagnostic-codes.js'
import { describeCodeHelp, formatCodeHelp } from '../../../src/report/diagnostics/explain-code.js'

const test = suite('explain code')
const plain = { hasColor: false, columns: 80 }

test('a code is shown with its meaning, an example and what to do', () => {
  const text = formatCodeHelp('yaml/unquoted-number', plain)
  assert.match(text, /^error\[yaml\/unquoted-number\]\nA number that YAML would change/)
  assert.match(text, /\n\nExample\n {2}# calls\/a\.yaml\n {2}calls:\n/)
  assert.match(text, /\n\nWhat to do\nPut it into quotes/)
})

test('every code can be shown, with and without color', () => {
  for (const code of Object.keys(diagnosticCodes) as DiagnosticCode[]) {
    assert.ok(formatCodeHelp(code, plain).endsWith('\n'))
    assert.ok(formatCodeHelp(code, { hasColor: true, columns: 40 }).includes('\u001b['))
  }
})

test('programs get files or words', () => {
  assert.ok('files' in describeCodeHelp('schema/enum'))
  assert.ok('example' in describeCodeHelp('file/too-large'))
})

test.run()
