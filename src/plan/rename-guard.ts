import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import { describePlaced } from './entries.js'
import type { PlanInput } from './plan-input.js'

type Known = Pick<PlanInput<PayloadHead>, 'payloads' | 'definedAddresses' | 'lockfile' | 'onlyNames'>

/**
 * Blocks the placing of a new address that has the payload of one no longer defined: most likely the same
 * call under another name, whose people have been rung. An uncertain one counts too: it may have rung.
 */
export function createRenameGuard<Held extends PayloadHead>(
  input: Known,
): (change: Change<Held>) => Change<Held> {
  // Made when the first new address is met: many plans have none.
  let vanished: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined
  return (change) => {
    const { address, payload, entry } = change
    if (change.action !== 'place' || payload === undefined || entry !== undefined) return change
    if (input.onlyNames?.has(address)) return change
    const own = seriesOf(address)
    vanished ??= indexVanished(input)
    for (const [series, old] of vanished.get(payload.digest) ?? []) {
      if (series === own) continue
      return { address, payload, action: 'blocked', code: 'plan/renamed', reason: describe(input, old) }
    }
    return change
  }
}

/** Digest → series → address, of what rang (or may have) and is not defined, as far as is known. */
function indexVanished(input: Known): Map<string, Map<string, string>> {
  const { calls } = input.lockfile
  const selected = new Set(input.payloads.map((payload) => payload.address))
  // A long lockfile holds far more digests than anybody will ask for.
  const wanted = new Set(input.payloads.map((payload) => payload.digest))
  const index = new Map<string, Map<string, string>>()
  for (const address in calls) {
    const entry = calls[address]!
    if (!wanted.has(entry.digest) || entry.state === 'failed') continue
    if (selected.has(address) || input.definedAddresses?.has(address)) continue
    const series = index.get(entry.digest) ?? new Map<string, string>()
    if (!series.has(seriesOf(address))) series.set(seriesOf(address), address)
    index.set(entry.digest, series)
  }
  return index
}

/** `name@` of `name@VALUE`: another value of `oncePer` is another occasion, not a rename. */
const seriesOf = (address: string): string => address.slice(0, address.indexOf('@') + 1) || address

function describe(input: Known, old: string): string {
  const entry = input.lockfile.calls[old]!
  const when = entry.state === 'uncertain' ? 'outcome unknown' : describePlaced(entry)
  const why =
    input.definedAddresses === undefined
      ? 'which may be this call under its old name (not every definition could be read)'
      : 'no longer defined: most likely renamed'
  const leave = `\`movedFrom: ${old}\` says so; to ring all the same, name it with --only`
  return `same payload as ${old} (${when}), ${why}; ${leave}`
}
