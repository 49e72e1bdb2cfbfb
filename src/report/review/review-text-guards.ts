import type { JsonValue } from '../../model/json.js'
import type { GuardChange } from '../../model/review.js'
import { cutText, type Look, paint, showText } from '../text/paint.js'
import { formatAddresses } from './review-text-rings.js'

/** One line for each setting; the same change of several calls is one. */
export function formatGuards(guards: readonly GuardChange[], look: Look): string {
  if (guards.length === 0) return ''
  const groups = new Map<string, { guard: GuardChange; addresses: string[] }>()
  for (const guard of guards) {
    const key = `${guard.name} ${JSON.stringify([guard.before ?? null, guard.after ?? null])}`
    const group = groups.get(key) ?? { guard, addresses: [] }
    if (guard.address !== undefined) group.addresses.push(guard.address)
    groups.set(key, group)
  }
  const lines = [...groups.values()].map((group) => formatGuard(group, look))
  return [paint(look, 'yellow', 'Guards touched'), ...lines].join('\n')
}

function formatGuard(
  { guard, addresses }: { readonly guard: GuardChange; readonly addresses: readonly string[] },
  look: Look,
): string {
  const change = cutText(
    `${showText(guard.name)}: ${formatValue(guard.before)} → ${formatValue(guard.after)}`,
    look.columns - 18,
  )
  const verdict = guard.isLooser ? `  ${paint(look, 'red', 'allows more')}` : ''
  const calls = addresses.length === 0 ? '' : `\n    ${formatAddresses(addresses, look.columns - 4)}`
  return `  ${change}${verdict}${calls}`
}

const formatValue = (value: JsonValue | undefined): string =>
  value === undefined ? 'not set' : showText(typeof value === 'string' ? value : JSON.stringify(value))
