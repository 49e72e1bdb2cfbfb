import { type DiagnosticCode, diagnosticCodes } from '../../model/diagnostics/diagnostic-codes.js'
import { type Look, paint, wrapText } from '../text/paint.js'
import { diagnosticHelp } from './diagnostic-help.js'

export const isDiagnosticCode = (text: string): text is DiagnosticCode => Object.hasOwn(diagnosticCodes, text)

/** A diagnostic code in words: what it means, what provokes it, and what to do. */
export function formatCodeHelp(code: DiagnosticCode, look: Look): string {
  const [severity, meaning] = diagnosticCodes[code]
  const { example, fix, fact } = diagnosticHelp[code]
  const wrap = (text: string) => wrapText(text, look.columns, '')
  const title = `${paint(look, severity === 'error' ? 'red' : 'yellow', `${severity}[${code}]`)}`
  const parts = [
    `${title}\n${wrap(meaning)}`,
    `${paint(look, 'bold', 'Example')}\n${formatExample(example, look)}`,
    `${paint(look, 'bold', 'What to do')}\n${wrap(fix)}`,
    ...(fact === undefined ? [] : [`${paint(look, 'bold', 'Source')}\n${sourceOf(fact)}`]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** Where it is written what of Graph a finding rests on. */
const sourceOf = (fact: string): string => `docs/graph-facts.md#${fact}`

function formatExample(example: (typeof diagnosticHelp)[DiagnosticCode]['example'], look: Look): string {
  if (typeof example === 'string') return wrapText(example, look.columns, '')
  const files = Object.entries(example).map(([path, text]) => {
    const lines = text.trimEnd().split('\n')
    return `${paint(look, 'dim', `  # ${path}`)}\n${lines.map((line) => `  ${line}`).join('\n')}`
  })
  return files.join('\n\n')
}

/** The same for programs. */
export const describeCodeHelp = (code: DiagnosticCode): object => {
  const [severity, meaning] = diagnosticCodes[code]
  const { example, fix, fact } = diagnosticHelp[code]
  const shown = typeof example === 'string' ? { example } : { files: example }
  return { code, severity, meaning, ...shown, fix, ...(fact !== undefined && { source: sourceOf(fact) }) }
}
