// The templates that the package brings, as files of a workspace.

import { UsageError } from '../../model/errors.js'
import { didYouMean } from '../../model/words/suggest.js'
import { schemaFolder } from './schema-files.js'
import { stock } from './stock.generated.js'

export const stockNames: readonly string[] = Object.keys(stock)

export interface StockTemplate {
  readonly description: string
  readonly text: string
}

/** Throws UsageError. */
export function readStockTemplate(name: string): StockTemplate {
  const found = Object.hasOwn(stock, name) ? stock[name] : undefined
  if (found !== undefined) return found
  const hint = didYouMean(name, stockNames) ?? '`callctl template list` names them.'
  throw new UsageError(`There is no stock template \`${name}\`.`, hint)
}

const modeline = (schema: string): string =>
  `# yaml-language-server: $schema=../${schemaFolder}/${schema}.json\n`

/** Files by path: the template, what it extends, and their tests. Throws UsageError. */
export function stockFiles(name: string): Readonly<Record<string, string>> {
  readStockTemplate(name)
  const { parent, text, tests } = stock[name]!
  return {
    ...(parent !== undefined && stockFiles(parent)),
    [`templates/${name}.yaml`]: modeline('template') + text,
    ...(tests !== undefined && { [`templates/${name}.test.yaml`]: modeline('test') + tests }),
  }
}
