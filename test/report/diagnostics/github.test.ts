import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createDiagnostic } from '../../../src/model/diagnostics/diagnostic.js'
import { formatAnnotations } from '../../../src/report/diagnostics/github.js'
import { diagnostics, sources } from '../diagnostics.js'

const test = suite('GitHub annotations')
const lines = formatAnnotations(diagnostics, sources, '').split('\n')

test('each diagnostic is one line, errors first', () => {
  assert.is(lines.length, diagnostics.length + 1)
  assert.ok(lines.slice(0, 4).every((line) => line.startsWith('::error ')))
  assert.ok(lines[4]!.startsWith('::warning '))
})

test('it has its place, with commas, colons and percent signs escaped', () => {
  assert.match(
    lines[0]!,
    /^::error file=calls\/a b%2Cc%3A1%25\.yaml,line=2,endLine=2,col=14,endColumn=17,title=template\/unknown::/,
  )
})

test('text of a user’s can neither end the line nor hold control characters', () => {
  assert.match(lines[0]!, /`x\\u\{a\}::error::100%25\\u\{d\}\\u\{1b\}\[31m`\.%0A/)
})

test('variables, related places and the hint follow on lines of their own', () => {
  assert.match(lines[0]!, /%0AIn the call a at \/subject\.%0A`v` comes from file at calls\//)
  assert.match(lines[0]!, /%0Ait is defined here: calls\/a b,c:1%25\.yaml:3:3%0ADid you mean `y`\?$/)
})

test('a range of several lines has no columns', () => {
  assert.match(lines[1]!, /line=3,endLine=4,title=/)
})

test('a diagnostic of no file has a title alone', () => {
  assert.is(lines[2], '::error title=variable/undeclared::`--var` sets `x`, which nothing declares.')
})

test('a file that could not be read is named', () => {
  assert.match(lines[3]!, /^::error file=calls\/gone\.yaml,title=/)
})

test('paths begin at the repository', () => {
  assert.match(formatAnnotations(diagnostics, sources, 'ops/calls'), /file=ops\/calls\/calls\/gone\.yaml/)
})

test('no text makes a second command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, source) => {
      const range = { source, start: 0, end: 0 }
      const printed = formatAnnotations([createDiagnostic('yaml/tag', message, { range })], new Map(), '')
      assert.is(printed.split(/[\r\n]/).length, 2)
      assert.match(printed, /^::error file=[^:,\n]*,title=yaml\/tag::[^\n]*\n$/)
    }),
    { seed: 20_261_123 },
  )
})

test.run()
