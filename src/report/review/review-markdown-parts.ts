import type { JsonValue } from '../../model/json.js'
import type {
  Cause,
  CommonCause,
  GuardChange,
  Location,
  PlanBlock,
  Review,
  ReviewedCall,
  ReviewedDiagnostic,
} from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { code, fold, listItems, wholeCode } from './markdown-text.js'

// The parts of a review that stand below the ring list. Each shows so many items, and counts the rest.

export const formatPlace = ({ file, line, column }: Location): string => code(`${file}:${line}:${column}`)

export const formatValue = (value: JsonValue | undefined): string =>
  value === undefined ? 'not set' : code(JSON.stringify(value))

/** What the plan holds back until a person has looked. */
export function formatBlocks({ blocks = [] }: Review, shown: number): string {
  const count = blocks.reduce((sum, { addresses }) => sum + addresses.length, 0)
  return section(`Blocked or uncertain (${count})`, blocks, shown, formatBlock)
}

const shownAddresses = 20

const formatBlock = ({ action, reason, addresses }: PlanBlock): string => {
  const names = addresses.slice(0, shownAddresses).map((address) => code(address))
  const more = addresses.length > names.length ? ` and ${addresses.length - names.length} more` : ''
  return `**${action}** ${names.join(', ')}${more}: ${code(reason, 300)}`
}

export function formatGuards({ guards }: Review, shown: number): string {
  const sorted = guards.toSorted((left, right) => Number(right.isLooser) - Number(left.isLooser))
  const looser = guards.filter(({ isLooser }) => isLooser).length
  const title = `Guards and limits touched (${guards.length}${looser > 0 ? `, ${looser} looser` : ''})`
  return section(title, sorted, shown, formatGuard)
}

const formatGuard = ({ name, address, before, after, isLooser }: GuardChange): string => {
  const where = address === undefined ? '' : ` of ${wholeCode(address)}`
  return `${isLooser ? '**looser** ' : ''}${code(name)}${where}: ${formatValue(before)} → ${formatValue(after)}`
}

export const formatPermissions = ({ newPermissions }: Review, shown: number): string =>
  section(`Permissions newly needed (${newPermissions.length})`, newPermissions, shown, (name) => code(name))

export function formatDiagnostics({ diagnostics, oldDiagnostics }: Review, shown: number): string {
  const sorted = diagnostics.toSorted((left, right) => weight(left) - weight(right))
  const old = oldDiagnostics === 0 ? '' : `, beside ${oldDiagnostics} that were there before`
  return section(`New diagnostics (${diagnostics.length}${old})`, sorted, shown, formatDiagnostic)
}

const weight = ({ diagnostic }: ReviewedDiagnostic): number => (diagnostic.severity === 'error' ? 0 : 1)

const formatDiagnostic = ({ diagnostic, place }: ReviewedDiagnostic): string => {
  const where = place === undefined ? '' : ` ${formatPlace(place)}`
  const hint = diagnostic.hint === undefined ? '' : ` ${code(diagnostic.hint)}`
  return `**${diagnostic.severity}** ${code(diagnostic.code)}${where}: ${code(diagnostic.message, 400)}${hint}`
}

function section<Item>(
  title: string,
  items: readonly Item[],
  shown: number,
  format: (item: Item) => string,
): string {
  if (items.length === 0) return ''
  const list = listItems(items, shown, format)
  return list === '' ? `**${title}**: in the JSON report` : `### ${title}\n${list}`
}

export function formatCauses({ causes }: Review, shown: number): string {
  const list = listItems(causes, shown, formatCommonCause)
  return list === '' ? '' : fold(`What caused the changes (${causes.length})`, list)
}

const formatCommonCause = ({ pointer, cause, addresses }: CommonCause): string => {
  const [first] = addresses
  const where =
    addresses.length === 1 && first !== undefined ? wholeCode(first) : plural(addresses.length, 'call')
  return `${code(pointer)} in ${where}, ${formatCause(cause)}`
}

/** Where the new value stands, or where the old one stood. */
export function formatCause({ revision, place, text, variables }: Cause): string {
  const names = variables.slice(0, 5).map((variable) => {
    const at = variable.place === undefined ? '' : ` at ${formatPlace(variable.place)}`
    return `${code(variable.name)} from ${code(variable.level)}${at}`
  })
  const line = text === undefined ? '' : `: ${code(text)}`
  const through = names.length === 0 ? '' : `; ${names.join(', ')}`
  return `by ${revision === 'base' ? 'what was ' : ''}${formatPlace(place)}${line}${through}`
}

/** The plan's word on a call. */
export const formatAction = ({ action, reason }: ReviewedCall): string => {
  if (action === undefined) return ''
  return `Plan: ${action}${reason === undefined ? '' : `, ${code(reason, 300)}`}`
}
