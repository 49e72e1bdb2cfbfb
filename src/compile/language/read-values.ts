import type { Checked } from '../../model/diagnostics/diagnostic.js'
import { literalValue } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import type { Assignment } from '../../model/language/workspace.js'
import { parse } from '../yaml/parse.js'

/** A `--var-file`: a map from variables to values, as YAML or JSON. Its text is data: `{{…}}` in it stays as it is. */
export function readValueFile(source: Source): Checked<readonly Assignment[]> {
  const { value: document, diagnostics } = parse(source)
  const entries = document?.root.entries ?? []
  const value = entries.map(({ key, value }) => ({
    name: String(key.value),
    level: '--var-file' as const,
    value: literalValue(value),
  }))
  return { value, diagnostics }
}
