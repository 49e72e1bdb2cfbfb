import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'

/** Files of tests whose errors keep their tests from being run. */
export function brokenFiles(
  diagnostics: readonly Diagnostic[],
): readonly { readonly file: string; readonly errors: readonly Diagnostic[] }[] {
  const files = new Map<string, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'error') continue
    const file = diagnostic.range?.source ?? ''
    const errors = files.get(file)
    if (errors === undefined) files.set(file, [diagnostic])
    else errors.push(diagnostic)
  }
  return [...files].map(([file, errors]) => ({ file, errors }))
}
