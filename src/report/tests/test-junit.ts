import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Sources } from '../../model/language/sources.js'
import type { TestFailure, TestReport, TestResult } from '../../model/language/test-report.js'
import { formatDiagnostic } from '../diagnostics/diagnostics-text.js'
import { placeOf } from '../text/codeframe.js'
import { brokenFiles } from './test-files.js'

const plain = { hasColor: false, columns: 100 }

/** JUnit’s XML, as CI systems read it: a suite for each file of tests. A file that has errors is a case with an error. */
export function formatJunit({ results, diagnostics }: TestReport, sources: Sources): string {
  const broken = new Map(brokenFiles(diagnostics).map(({ file, errors }) => [file, errors]))
  const files = [...new Set([...results.map(({ range }) => range.source), ...broken.keys()])].sort()
  const suites = files.map((file): Suite => {
    const own = results.filter(({ range }) => range.source === file)
    return { file, results: own, errors: broken.get(file) ?? [] }
  })
  const totals = attributes({ name: 'callctl test', ...countOf(results, broken.size) })
  const body = suites.map((suite) => formatSuite(suite, sources)).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${body}</testsuites>\n`
}

interface Suite {
  readonly file: string
  readonly results: readonly TestResult[]
  readonly errors: readonly Diagnostic[]
}

const countOf = (results: readonly TestResult[], errors: number) => ({
  tests: String(results.length + errors),
  failures: String(results.filter(({ failures }) => failures.length > 0).length),
  errors: String(errors),
})

function formatSuite({ file, results, errors }: Suite, sources: Sources): string {
  const head = attributes({ name: file, ...countOf(results, errors.length > 0 ? 1 : 0) })
  const cases = results.map((result) => formatCase(result, sources))
  if (errors.length > 0) cases.push(formatBroken(file, errors, sources))
  return `  <testsuite${head}>\n${cases.join('')}  </testsuite>\n`
}

function formatCase({ name, range, failures }: TestResult, sources: Sources): string {
  const head = `    <testcase${attributes({ classname: range.source, name })}`
  const [first] = failures
  if (first === undefined) return `${head}/>\n`
  const text = failures.map((failure) => formatFailure(failure, sources)).join('\n\n')
  const failure = attributes({ message: first.message, type: first.expectation })
  return `${head}>\n      <failure${failure}>${escapeXml(text)}</failure>\n    </testcase>\n`
}

function formatBroken(file: string, errors: readonly Diagnostic[], sources: Sources): string {
  const text = errors.map((error) => formatDiagnostic(error, sources, plain)).join('\n\n')
  const error = attributes({ message: errors[0]!.message, type: errors[0]!.code })
  const head = attributes({ classname: file, name: 'the file has no errors' })
  return `    <testcase${head}>\n      <error${error}>${escapeXml(text)}</error>\n    </testcase>\n`
}

function formatFailure(failure: TestFailure, sources: Sources): string {
  const { message, address, range, expected, actual, hint, diagnostics = [] } = failure
  const hasValues = expected !== undefined || actual !== undefined
  return [
    `${placeOf(range, sources.get(range.source))}: ${address === undefined ? '' : `${address}: `}${message}`,
    ...(hasValues
      ? [
          `expected: ${JSON.stringify(expected) ?? 'nothing'}`,
          `actual: ${JSON.stringify(actual) ?? 'nothing'}`,
        ]
      : []),
    ...(hint === undefined ? [] : [hint]),
    ...diagnostics.map((each) => formatDiagnostic(each, sources, plain)),
  ].join('\n')
}

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(
      ([name, value]) => ` ${name}="${escapeXml(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** What XML 1.0 cannot hold at all is spelled out, and so are characters that turn text around or hide in it. */
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(
      /[^\t\n\u0020-\u{10ffff}]|[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu,
      (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
    )
    .replace(/[&<>"']/g, (character) => entities[character]!)
