import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { Payload, Reference, ReferenceProperty } from '../model/payload.js'
import { placeholdersIn } from './placeholders.js'
import { didYouMean } from './suggest.js'

const referenceForm = /^\(known after apply: calls\.(.+)\.(id|callChainId)\)$/

/** Payloads with the calls that they need, by address; unknown names and cycles are reported and left out. */
export function resolveReferences(
  payloads: readonly Payload[],
  addresses: ReadonlyMap<string, string>,
  report: (diagnostic: Diagnostic) => void,
): readonly Payload[] {
  const resolved = payloads.map((payload) => resolve(payload, addresses, report))
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
  report: (diagnostic: Diagnostic) => void,
): Payload {
  if (!payload.text.includes('(known after apply: ')) return payload
  const references: Reference[] = []
  for (const placeholder of placeholdersIn(payload.text)) {
    const [, name, property] = referenceForm.exec(placeholder) ?? []
    if (name === undefined) continue
    const address = addresses.get(name)
    if (address !== undefined)
      references.push({ address, property: property as ReferenceProperty, placeholder })
    else report(unknownCall(name, payload, addresses))
  }
  return { ...payload, references }
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
