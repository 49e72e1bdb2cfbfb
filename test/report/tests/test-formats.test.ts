import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createDiagnostic } from '../../../src/model/diagnostics/diagnostic.js'
import type { TestFailure, TestReport } from '../../../src/model/language/test-report.js'
import { describeTests } from '../../../src/report/tests/test-json.js'
import { formatJunit } from '../../../src/report/tests/test-junit.js'
import { formatTap } from '../../../src/report/tests/test-tap.js'
import { formatTests } from '../../../src/report/tests/test-text.js'
import { hostileTexts } from '../hostile-texts.js'
import { readXml } from './read-xml.js'

// Names and values of tests are users' text: in no format may they pass for anything else.

const test = suite('formats of tests')
const more: readonly (readonly [string, string])[] = [
  ['what ends a TAP block', 'x\n  ...\nok 9 - forged'],
  ['TAP directives', 'a # todo b # SKIP'],
  ['backslashes before a number sign', 'a \\# SKIP'],
  ['what XML cannot hold', '\u0000\u0001\u000b\u001f\ufffe\uffff'],
  ['half of a pair', 'a\ud800b'],
  ['the end of CDATA', ']]></failure></testcase><testcase name="forged"/>'],
  ['an entity', '&xxe; &#0; &lt;'],
  ['ends of lines', 'a\r\nb\u2028c\u0085d'],
  ['an attribute', '" failures="0'],
]
const texts = [...hostileTexts, ...more]

function reportOf(text: string): { report: TestReport; sources: ReadonlyMap<string, string> } {
  const source = `calls/${text}.test.yaml`
  const range = { source, start: 0, end: 3 }
  const diagnostic = createDiagnostic('key/type', text, { range, hint: text })
  const about = { range, address: text, pointer: text, hint: text }
  const failure: TestFailure = {
    ...about,
    expectation: 'values',
    message: text,
    expected: text,
    actual: { [text]: text },
    diagnostics: [diagnostic],
    edits: [],
  }
  const results = [
    { name: text, range, failures: [failure] },
    { name: 'passes', range, failures: [] },
  ]
  return { report: { results, diagnostics: [diagnostic] }, sources: new Map([[source, text]]) }
}

for (const [what, text] of texts) {
  const { report, sources } = reportOf(text)
  test(`TAP: ${what}`, () => {
    const lines = formatTap(report, sources).split('\n')
    assert.equal(lines.slice(0, 2), ['TAP version 14', '1..3'])
    const points = lines.filter((line) => /^(not )?ok\b/.test(line))
    assert.equal(
      points.map((line) => /^(?:not )?ok \d /.exec(line)?.[0]),
      ['not ok 1 ', 'ok 2 ', 'not ok 3 '],
    )
    for (const line of points) assert.not.match(line, /(?<!\\)(?:\\\\)*#/)
    for (const line of lines.slice(2)) {
      assert.match(line, /^(?:(?:not )?ok \d - .*| {2}---| {2}\.\.\.| {2}[a-z]+: \S.*|)$/)
      assert.not.match(line, /[\p{Cc}\u2028\u2029]/u)
      const [, json] = /^ {2}[a-z]+: (.*)$/.exec(line) ?? []
      if (json !== undefined) JSON.parse(json)
    }
  })
  test(`JUnit: ${what}`, () => {
    const names = readXml(formatJunit(report, sources)).map(({ name }) => name)
    const failed = ['testcase', 'failure']
    assert.equal(names, ['testsuites', 'testsuite', ...failed, 'testcase', 'testcase', 'error'])
  })
  test(`text: ${what}`, () => {
    const shown = formatTests(report, sources, { hasColor: false, columns: 80 })
    assert.not.match(shown, /[^\P{Cc}\n]/u)
    assert.is(shown.split('\n').filter((line) => /^failed: /.test(line)).length, 1)
    assert.not.match(shown, /^(?:::|##)/m)
  })
}

test('JUnit counts', () => {
  const { report, sources } = reportOf('x')
  const [all, one] = readXml(formatJunit(report, sources))
  assert.equal(all!.attributes, { name: 'callctl test', tests: '3', failures: '1', errors: '1' })
  assert.equal(one!.attributes, { name: 'calls/x.test.yaml', tests: '3', failures: '1', errors: '1' })
})

test('JUnit’s names are those of the tests', () => {
  const { report, sources } = reportOf('a <b> & "c"\nd\te')
  const names = readXml(formatJunit(report, sources)).map(({ attributes }) => attributes['name'])
  assert.ok(names.includes('a <b> & "c"\nd\te'))
})

test('JSON has all', () => {
  const { report, sources } = reportOf('x')
  const { passed, failed } = describeTests(report, sources) as { passed: number; failed: number }
  assert.equal([passed, failed], [1, 1])
})

test.run()
