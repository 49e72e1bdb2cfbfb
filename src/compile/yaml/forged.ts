import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import type { Range } from '../../model/language/source.js'
import type { Values } from '../../model/language/workspace.js'
import { hasPlaceholder, withoutStandIns } from './placeholders.js'

export const forgeryMessage = 'This text looks like what callctl puts in place of a secret or a reference.'
export const forgeryHint = 'Write it otherwise, with other brackets for example.'

/**
 * Text that looks like a placeholder, and is none, would be filled with a secret or an id when the call is sent: so
 * whoever can write a cell of a list could have a secret read out. It is refused wherever text comes in.
 */
export const forgery = (range: Range): Diagnostic =>
  createDiagnostic('secret/place', forgeryMessage, { range, hint: forgeryHint })

/** Whether text that looks like a placeholder, but for those of variables that are not set, stands anywhere in a value. */
export function holdsPlaceholder(value: JsonValue | undefined, unset?: ReadonlySet<string>): boolean {
  if (typeof value === 'string') {
    if (!value.includes('(')) return false
    return hasPlaceholder(unset === undefined ? value : withoutStandIns(value, unset))
  }
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, each]) => hasPlaceholder(name) || holdsPlaceholder(each, unset))
}

/** Values of flags, files and the environment. */
export function refuseForgedValues(
  { assignments, environment }: Values,
  readable: ReadonlyMap<string, { readonly range: Range; readonly isSecret: boolean }>,
  report: (diagnostic: Diagnostic) => void,
): void {
  for (const { name, level, value } of assignments) {
    if (!holdsPlaceholder(value) && !holdsPlaceholder(unescaped(value))) continue
    const message = quote`${level} gives ${name} text that looks like a placeholder of callctl.`
    report(createDiagnostic('secret/place', message, { hint: forgeryHint }))
  }
  for (const [name, { range, isSecret }] of readable) {
    if (!isSecret && holdsPlaceholder(environment[name])) report(forgery(range))
  }
}

/** `--var` may hold JSON, and JSON may write a parenthesis as an escape. */
function unescaped(value: JsonValue): JsonValue | undefined {
  if (typeof value !== 'string' || !value.includes('\\')) return undefined
  try {
    return JSON.parse(value) as JsonValue
  } catch {
    return undefined
  }
}
