import type { JsonValue } from '../../model/json.js'
import { type Look, paint, wrapText } from '../text/paint.js'

export interface DescribedHelper {
  readonly helper: string
  readonly parameters: string
  readonly meaning: string
  readonly example: string
  readonly yields: JsonValue
}

export function formatHelper(
  { helper, parameters, meaning, example, yields }: DescribedHelper,
  look: Look,
): string {
  const title = `${paint(look, 'bold', helper)} ${parameters}`
  return `${title}\n${wrapText(meaning, look.columns, '')}\n\n  ${example}\n  → ${JSON.stringify(yields)}\n`
}
