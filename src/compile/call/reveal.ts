import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { Reporter } from '../base/reporter.js'
import type { BoundDefinition } from '../bind/bind-definition.js'
import { formatCall } from '../payload/canonical.js'
import { placeholdersIn, secretPlaceholder } from '../yaml/placeholders.js'
import type { RenderedCall } from './rendered-call.js'

/** The secrets whose placeholders stand in a payload, as a function; undefined when there are none. */
export function collectSecrets({
  instance: { bound },
  arranged,
  table,
  surroundings: { values, secrets },
}: RenderedCall): (() => ReadonlyMap<string, string | undefined>) | undefined {
  const text = formatCall(arranged.value)
  if (!text.includes('(secret ')) return undefined
  const present = placeholdersIn(text)
  const found = new Map<string, string | undefined>()
  for (const name of secrets) found.set(secretPlaceholder(name), values[name] || undefined)
  for (const { name } of bound.template?.variables ?? []) {
    const secret = table.find(name)?.secret
    const placeholder = secretPlaceholder(name)
    if (secret === undefined || !present.has(placeholder)) continue
    const other = found.get(placeholder)
    if (other !== undefined && other !== secret) reportClash(name, bound, table.reporter)
    found.set(placeholder, secret)
  }
  for (const placeholder of found.keys()) if (!present.has(placeholder)) found.delete(placeholder)
  return found.size === 0 ? undefined : () => found
}

/** One placeholder cannot stand for two values. */
function reportClash(name: string, bound: BoundDefinition, reporter: Reporter): void {
  const message = quote`A secret variable and a secret of the environment are both named ${name}.`
  const range = bound.definition.name.range
  reporter.report(createDiagnostic('secret/place', message, { range, hint: 'Rename the variable.' }))
}
