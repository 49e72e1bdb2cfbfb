// Results of definitions' tests: text, TAP, JUnit, JSON.

import type { JsonValue } from '../../model/json.js'
import type { Range } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import type { TestFailure, TestReport, TestResult } from '../../model/language/test-report.js'
import { plural } from '../../model/words/count.js'
import { formatDiagnostic, formatDiagnostics } from '../diagnostics/diagnostics-text.js'
import { formatCodeframe, placeOf } from '../text/codeframe.js'
import { cutText, type Look, paint, showText, wrapText } from '../text/paint.js'

const shownFailures = 10
const shownDiagnostics = 5

/** What does not hold, test by test, and a count. Passing tests are counted alone. */
export function formatTests({ results, diagnostics }: TestReport, sources: Sources, look: Look): string {
  const failed = results.filter(({ failures }) => failures.length > 0)
  const parts = failed.map((result) => formatResult(result, sources, look))
  const mistakes = formatDiagnostics(diagnostics, sources, look)
  if (mistakes !== '') parts.push(mistakes.trimEnd())
  return `${[...parts, formatCount(results, failed.length, look)].join('\n\n')}\n`
}

function formatCount(results: readonly TestResult[], failed: number, look: Look): string {
  const passed = results.length - failed
  const parts = [
    passed > 0 ? paint(look, 'green', `${passed} passed`) : '',
    failed > 0 ? paint(look, 'red', `${failed} failed`) : '',
  ].filter((part) => part !== '')
  return `${[plural(results.length, 'test'), parts.join(', ')].filter((part) => part !== '').join(': ')}.`
}

function formatResult({ name, range, failures }: TestResult, sources: Sources, look: Look): string {
  const place = `${paint(look, 'blue', '-->')} ${placeOf(range, sources.get(range.source))}`
  const shownName = paint(look, 'bold', wrapText(showText(name), look.columns - 8, '  '))
  const shown = failures
    .slice(0, shownFailures)
    .map((failure, index) => `\n\n${formatFailure(failure, failures[index - 1]?.range, sources, look)}`)
  const hidden = failures.length - shownFailures
  const more = hidden > 0 ? `\n\n  and ${plural(hidden, 'difference')} more (--format json has all)` : ''
  return `${paint(look, 'red', 'failed')}: ${shownName}\n${place}${shown.join('')}${more}`
}

/** A place that was just shown is not shown again. */
function formatFailure(
  failure: TestFailure,
  before: Range | undefined,
  sources: Sources,
  look: Look,
): string {
  const { message, address, range, hint, diagnostics = [] } = failure
  const inner = { ...look, columns: look.columns - 2 }
  const about = address === undefined ? '' : `${address}: `
  const text = range.start === before?.start ? undefined : sources.get(range.source)
  const lines = [
    wrapText(showText(`${about}${message}`), inner.columns, '  '),
    ...(text === undefined ? [] : [formatCodeframe(range, text, inner)]),
    ...formatValues(failure, inner),
    ...(hint === undefined ? [] : [`${paint(look, 'cyan', wrapText(showText(hint), inner.columns, '  '))}`]),
    ...diagnostics.slice(0, shownDiagnostics).map((each) => formatDiagnostic(each, sources, inner)),
    ...(diagnostics.length > shownDiagnostics
      ? [`and ${plural(diagnostics.length - shownDiagnostics, 'complaint')} more`]
      : []),
  ]
  return lines.flatMap((line) => line.split('\n').map((each) => `  ${each}`.trimEnd())).join('\n')
}

/** Both values, cut alike from where they begin to differ. */
function formatValues({ expected, actual, diagnostics }: TestFailure, look: Look): readonly string[] {
  const room = look.columns - 10
  const [left, right] = fitBoth(textOf(expected), textOf(actual), room)
  const gap = diagnostics === undefined ? '' : '\n'
  return [
    ...(expected === undefined ? [] : [`expected  ${paint(look, 'green', left)}`]),
    ...(actual === undefined ? [] : [`actual    ${paint(look, 'red', right)}${gap}`]),
  ]
}

const textOf = (value: JsonValue | undefined): string =>
  value === undefined ? '' : showText(JSON.stringify(value))

function fitBoth(left: string, right: string, room: number): readonly [string, string] {
  if (left.length <= room && right.length <= room) return [left, right]
  let same = 0
  while (same < left.length && left[same] === right[same]) same += 1
  const from = same < room * 0.6 ? 0 : same - Math.floor(room * 0.3)
  const fit = (text: string): string =>
    from === 0 ? cutText(text, room) : `…${cutText(text.slice(from), room - 1)}`
  return [fit(left), fit(right)]
}
