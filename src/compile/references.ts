import { keyOfAddress } from '../model/address.js'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { Payload, Reference, ReferenceProperty } from '../model/payload.js'
import type { Range } from '../model/source.js'
import { placeholdersIn } from './placeholders.js'
import { didYouMean } from './suggest.js'

const referenceForm = /^\(known after apply: calls\.(.+)\.(id|callChainId)\)$/

/** Whether a payload's text needs a value of another call. */
export const hasReference = (text: string): boolean => text.includes('(known after apply: ')

interface ReferencePlace {
  report(diagnostic: Diagnostic): void
  /** Where a text of a payload is written. */
  locateText(text: string, payload: Payload): Range | undefined
}

/** Payloads with the calls that they need, by address; unknown names and cycles are reported and left out. */
export function resolveReferences(
  payloads: readonly Payload[],
  addresses: ReadonlyMap<string, string>,
  { report, locateText }: ReferencePlace,
): readonly Payload[] {
  const place = { report, locateText, find: createFinder(addresses) }
  const resolved = payloads.flatMap((payload) => resolve(payload, addresses, place) ?? [])
  const cyclic = findCyclic(resolved)
  for (const payload of resolved) {
    if (!cyclic.has(payload.address)) continue
    const message = `The call \`${payload.address}\` needs the id of a call that needs its own.`
    report(createDiagnostic('reference/cycle', message, { range: payload.range, address: payload.address }))
  }
  return resolved.filter((payload) => !cyclic.has(payload.address))
}

function resolve(
  payload: Payload,
  addresses: ReadonlyMap<string, string>,
  place: ReferencePlace & { readonly find: (name: string) => string | undefined },
): Payload | undefined {
  if (!hasReference(payload.text)) return payload
  const references: Reference[] = []
  let isWhole = true
  for (const placeholder of placeholdersIn(payload.text)) {
    const [, name, property] = referenceForm.exec(placeholder) ?? []
    if (name === undefined) continue
    const address = place.find(name)
    if (address !== undefined)
      references.push({ address, property: property as ReferenceProperty, placeholder })
    else {
      const range = place.locateText(placeholder, payload) ?? payload.range
      isWhole = false
      place.report(unknownCall(name, { ...payload, range }, addresses))
    }
  }
  return isWhole ? { ...payload, references } : undefined
}

/** Names are unique letter case aside, so that no spelling can mean another call. */
function createFinder(addresses: ReadonlyMap<string, string>): (name: string) => string | undefined {
  let byKey: ReadonlyMap<string, string> | undefined
  return (name) => {
    const address = addresses.get(name)
    if (address !== undefined) return address
    byKey ??= new Map([...addresses].map(([each, found]) => [keyOfAddress(each), found]))
    return byKey.get(keyOfAddress(name))
  }
}

function unknownCall(name: string, payload: Payload, addresses: ReadonlyMap<string, string>): Diagnostic {
  const hint = didYouMean(name, addresses.keys())
  const details = { range: payload.range, address: payload.address, ...(hint !== undefined && { hint }) }
  return createDiagnostic('reference/unknown', `There is no call \`${name}\` to take an id from.`, details)
}

/** The addresses from which following references leads back. */
function findCyclic(payloads: readonly Payload[]): ReadonlySet<string> {
  const needs = new Map(payloads.map((payload) => [payload.address, payload.references ?? []]))
  const waiting = new Map([...needs].filter(([, references]) => references.length > 0))
  // Whoever needs only calls that wait for nothing waits for nothing either; who is left over needs itself.
  for (let isShrinking = true; isShrinking; ) {
    const free = [...waiting].filter(
      ([, references]) => !references.some((each) => waiting.has(each.address)),
    )
    for (const [address] of free) waiting.delete(address)
    isShrinking = free.length > 0
  }
  return new Set(waiting.keys())
}
