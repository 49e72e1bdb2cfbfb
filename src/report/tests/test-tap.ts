import type { Sources } from '../../model/language/sources.js'
import type { TestFailure, TestReport } from '../../model/language/test-report.js'
import { describeRange, listDiagnostics } from '../diagnostics/diagnostics-json.js'
import { showText } from '../text/paint.js'
import { Positions } from '../text/positions.js'
import { brokenFiles } from './test-files.js'
import { describeFailure } from './test-json.js'

/** TAP version 14. A file of tests that has errors is a test point that failed. */
export function formatTap({ results, diagnostics }: TestReport, sources: Sources): string {
  const positions = new Positions(sources)
  const points: readonly TestPoint[] = [
    ...results.map(({ name, range, failures }) => ({
      title: `${range.source}: ${name}`,
      ...(failures.length > 0 && {
        details: {
          message: summaryOf(failures),
          at: describeRange(range, positions),
          failures: failures.map((failure) => describeFailure(failure, positions)),
        },
      }),
    })),
    ...brokenFiles(diagnostics).map(({ file, errors }) => ({
      title: file,
      details: { message: 'The file has errors.', diagnostics: listDiagnostics(errors, positions) },
    })),
  ]
  const lines = points.map(formatPoint)
  return `TAP version 14\n1..${points.length}\n${lines.join('')}`
}

const summaryOf = ([first, ...more]: readonly TestFailure[]): string =>
  `${first?.message ?? ''}${more.length === 0 ? '' : ` And ${more.length} more.`}`

interface TestPoint {
  readonly title: string
  /** Absent when it passed. */
  readonly details?: object
}

function formatPoint({ title, details }: TestPoint, index: number): string {
  const status = details === undefined ? 'ok' : 'not ok'
  const line = `${status} ${index + 1} - ${escapeTitle(title)}\n`
  return details === undefined ? line : `${line}  ---\n${formatDetails(details)}  ...\n`
}

/** A title may say neither `# SKIP` nor anything after an end of line. */
const escapeTitle = (title: string): string => showText(title).replace(/[\\#]/g, '\\$&')

/** JSON is YAML: a line for each key, so that no text of a user's begins one. */
const formatDetails = (details: object): string =>
  Object.entries(details)
    .map(([key, value]) => `  ${key}: ${asciiJson(value)}\n`)
    .join('')

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    [...Array(character.length).keys()].map((index) => escapeUnit(character, index)).join(''),
  )

const escapeUnit = (text: string, index: number): string =>
  `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`
