import type { DiagnosticCode } from '../../../src/model/diagnostics/diagnostic-codes.js'
import { type Files, subjectFile } from '../../helpers/workspace.js'

/** A mistake, the files that make it, and what is said of it: its code, what stands under the range, whether it has a hint. */
export type Mistake = readonly [name: string, files: Files, code: DiagnosticCode, text: string, hint?: 'hint']

export const subject = (yaml: string, variables = ''): Files => ({
  'calls/a.yaml': subjectFile(yaml, variables),
})

/** A call whose other properties are written as given, one a line. */
export function call(lines: string, definition = ''): Files {
  const body = ['callbackUri: https://bot.example/cb', ...lines.split('\n')].map((line) => `      ${line}\n`)
  return { 'calls/a.yaml': `calls:\n  a:\n${definition}    call:\n${body.join('')}` }
}

export const definition = (yaml: string): Files => call('subject: x', `    ${yaml}\n`)

/** A template that declares `v` by a schema, and a call that gives it a value. */
export const variable = (schema: string, value: string): Files => ({
  'templates/t.yaml': `variables:\n  v: ${schema}\ncall: { callbackUri: https://b.example, subject: "{{json v}}" }\n`,
  'calls/a.yaml': `calls: { a: { uses: t, with: { v: ${value} } } }\n`,
})

export const settings = (yaml: string): Files => ({ 'callctl.yaml': yaml, 'calls/a.yaml': 'calls: {}\n' })

export const deepMaps = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:\n`).join('')
