import { keyOfAddress } from '../../model/address.js'
import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { Range } from '../../model/language/source.js'
import type { Payload, Reference, ReferenceProperty } from '../../model/payload.js'
import { suggestionFor } from '../../model/words/suggest.js'
import { placeholdersIn } from '../yaml/placeholders.js'

const referenceForm = /^\(known after apply: calls\.(.+)\.(id|callChainId)\)$/

/** What a reference's placeholder says; undefined for another one. */
export function readReferencePlaceholder(
  placeholder: string,
): { readonly name: string; readonly property: ReferenceProperty } | undefined {
  const [, name, property] = referenceForm.exec(placeholder) ?? []
  return name === undefined ? undefined : { name, property: property as ReferenceProperty }
}

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
    const message = quote`The call ${payload.address} needs the id of a call that needs its own.`
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
    const read = readReferencePlaceholder(placeholder)
    if (read === undefined) continue
    const { name, property } = read
    const address = place.find(name)
    if (address !== undefined) references.push({ address, property, placeholder })
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
  const hint = suggestionFor(name, addresses.keys())
  const details = { range: payload.range, address: payload.address, ...(hint !== undefined && { hint }) }
  return createDiagnostic('reference/unknown', quote`There is no call ${name} to take an id from.`, details)
}

/** The addresses from which following references leads back. */
function findCyclic(payloads: readonly Payload[]): ReadonlySet<string> {
  const left = new Map<string, number>()
  const neededBy = new Map<string, string[]>()
  for (const { address, references = [] } of payloads)
    if (references.length > 0) left.set(address, references.length)
  for (const { address, references = [] } of payloads) {
    for (const { address: needed } of references) {
      if (!left.has(needed)) left.set(address, left.get(address)! - 1)
      else if (!neededBy.get(needed)?.push(address)) neededBy.set(needed, [address])
    }
  }
  // Whoever needs only calls that wait for nothing waits for nothing either; who is left over needs itself.
  const free = [...left].filter(([, count]) => count === 0).map(([address]) => address)
  for (const address of free) {
    left.delete(address)
    for (const each of neededBy.get(address) ?? []) {
      const count = left.get(each)! - 1
      left.set(each, count)
      if (count === 0) free.push(each)
    }
  }
  return new Set(left.keys())
}
