import { compareAddresses } from '../../model/address-order.js'
import type { Entry, Lockfile } from '../../model/record/lockfile.js'
import { plural } from '../../model/words/count.js'
import { type Color, hangText, type Look, paint, showText, widthOf } from '../text/paint.js'
import { formatFields, leadOf } from '../text/rows.js'

const colors: Readonly<Record<Entry['state'], Color>> = {
  placed: 'green',
  uncertain: 'red',
  failed: 'red',
  ended: 'dim',
}

/** A line for each entry. */
export function formatEntries({ calls }: Lockfile, look: Look): string {
  const addresses = Object.keys(calls).sort(compareAddresses)
  if (addresses.length === 0) return 'No call has been placed yet.\n'
  const width = widthOf(addresses.map(showText), look)
  const rows = addresses.map((address) => {
    const entry = calls[address]!
    const { state, callId, placedAt, endedAt, reason, attempts = [] } = entry
    const parts = [
      callId,
      placedAt,
      endedAt === undefined ? undefined : `ended ${endedAt}`,
      state === 'uncertain' || state === 'failed' ? reason : undefined,
      attempts.length === 0 ? undefined : plural(attempts.length, 'other attempt'),
    ].filter((part) => part !== undefined)
    const lead = leadOf(address, width)
    const shown = `${lead.text}${paint(look, colors[state], state.padEnd(9))}  `
    return formatFields({ text: shown, width: lead.width + 11 }, parts, look)
  })
  return `${rows.join('\n')}\n\n${plural(addresses.length, 'address', 'addresses')}.\n`
}

interface Finding {
  readonly message: string
  readonly hint?: string
  readonly isFault: boolean
}

export function formatFindings(findings: readonly Finding[], look: Look): string {
  const lines = findings.map(({ message, hint, isFault }) => {
    const mark = isFault ? paint(look, 'red', 'fault') : paint(look, 'dim', 'note ')
    const advice =
      hint === undefined ? '' : `       ${paint(look, 'cyan', hangText(showText(hint), look, 7))}\n`
    return `${mark}  ${hangText(showText(message), look, 7)}\n${advice}`
  })
  const faults = findings.filter(({ isFault }) => isFault).length
  const verdict = faults === 0 ? 'The record is whole.' : `${plural(faults, 'fault')}.`
  return `${lines.join('')}${lines.length === 0 ? '' : '\n'}${verdict}\n`
}

interface DoubleClaim {
  readonly addresses: readonly string[]
  readonly ours: { readonly attempt: string; readonly state: string; readonly callId?: string }
  readonly theirs: { readonly attempt: string; readonly state: string; readonly callId?: string }
}

/** For each address that both sides of a merge dialed, both calls. */
export const formatDoubles = (file: string, doubles: readonly DoubleClaim[], look: Look): string =>
  doubles
    .map(({ addresses, ours, theirs }) => {
      const name = addresses.map(showText).join(' and ')
      const title = `${paint(look, 'red', 'rang twice')}: ${name} was dialed on both sides of the merge`
      const sides = [ours, theirs].map((side, index) => {
        const call = `${side.callId ?? 'call id unknown'}, attempt ${side.attempt}`
        return `  ${index === 0 ? 'ours  ' : 'theirs'}  ${side.state}  ${showText(call)}\n`
      })
      const hint = `  Both may be live: look at both, hang up one (\`hangup ADDRESS --attempt ID\`). ${showText(file)} keeps both; then \`git add\` it.\n`
      return `${title}\n${sides.join('')}${paint(look, 'cyan', hint)}`
    })
    .join('')

/** Addresses that one side of a merge forgot while the other had them as live. */
export const formatKept = (addresses: readonly string[]): string =>
  addresses
    .map(
      (address) =>
        `${showText(address)}: forgotten on one side of the merge, live on the other: kept. Once it has ended, \`callctl forget\` takes it out.\n`,
    )
    .join('')

/** Spellings of one address that a merge left with a call of its own each. */
export const formatTwins = (twins: readonly (readonly string[])[]): string =>
  twins
    .map(
      (addresses) =>
        `${addresses.map(showText).join(' and ')} are one address, and two calls: both stay, and neither is dialed until \`callctl forget\` has taken one away, once it has ended.\n`,
    )
    .join('')
