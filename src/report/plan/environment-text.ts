import { rings } from '../../model/action.js'
import type { EnvironmentMark, PayloadHead } from '../../model/payload.js'
import type { Change } from '../../model/plan.js'
import { type Look, paint, showText, wrapText } from '../text/paint.js'

const shownMarks = 12

/** `/callbackUri (CALLBACK_URI), /tenantId (AZURE_TENANT_ID)`, as it is; undefined where there are none. */
export function describeMarks(marks: readonly EnvironmentMark[] = []): string | undefined {
  if (marks.length === 0) return undefined
  const shown = marks.slice(0, shownMarks).map(({ pointer, name }) => `${pointer || '/'} (${name})`)
  const more = marks.length - shown.length
  return shown.join(', ') + (more > 0 ? `, and ${more} more` : '')
}

const formatMarks = (marks: readonly EnvironmentMark[]): string => showText(describeMarks(marks) ?? '')

/** The marks that all calls have which would ring: said once, however many calls there are. */
export function findCommonMarks(changes: readonly Change<PayloadHead>[]): readonly EnvironmentMark[] {
  const [first, ...others] = changes
    .filter(({ action }) => rings(action))
    .map(({ payload }) => payload?.environment ?? [])
  let common = first ?? []
  for (const marks of others) {
    if (marks === first || common.length === 0) continue
    const keys = new Set(marks.map(keyOf))
    common = common.filter((mark) => keys.has(keyOf(mark)))
  }
  return common
}

const keyOf = ({ pointer, name }: EnvironmentMark): string => `${pointer}\n${name}`

/** Of all calls. */
export const formatCommonMarks = (marks: readonly EnvironmentMark[], look: Look): readonly string[] =>
  marks.length === 0
    ? []
    : [wrapText(`From the environment, in each call: ${formatMarks(marks)}`, look.columns, '  ')]

/** Those of one call that not all calls have, on lines of their own. */
export function formatOwnMarks(
  { environment = [] }: PayloadHead,
  common: readonly EnvironmentMark[],
  look: Look,
): string {
  const keys = new Set(common.map(keyOf))
  const own = environment.filter((mark) => !keys.has(keyOf(mark)))
  if (own.length === 0) return ''
  const text = wrapText(`from the environment: ${formatMarks(own)}`, look.columns - 6, '      ')
  return `\n      ${paint(look, 'yellow', text)}`
}
