import type { Check } from '../../model/doctor.js'
import { RecordError } from '../../model/errors.js'
import { exitCodes } from '../../model/exit-code.js'
import type { Entry } from '../../model/record/lockfile.js'
import { plural } from '../../model/words/count.js'
import { isOpen, openRings } from '../../record/attempts/rings.js'
import { describeOrigin } from '../../record/folders/origin.js'
import { loadRecord } from '../../record/load-record.js'
import { type Finding, verifyFiles, verifyLock } from '../../record/verify-record.js'
import type { GraphAccess } from '../apply/graph-access.js'
import type { DoctorWorld } from './doctor-world.js'

/** Lockfile and attempts. An uncertain call is an error here as it is everywhere: a person must look. */
export function checkRecord({ graph }: DoctorWorld): Check {
  const name = 'record'
  if (graph instanceof Error) {
    if (!(graph instanceof RecordError)) return { name, state: 'skipped', message: 'See graph.' }
    return { name, ...faulty([{ message: graph.message, hint: graph.hint, isFault: true }]) }
  }
  const findings = verifyFiles(graph.place)
  const faults = findings.filter(({ isFault }) => isFault)
  const entries = readEntries(graph, faults)
  const inFlight = inFlightOf(graph)
  const uncertain = entries.filter(
    ({ state, attempt }) => state === 'uncertain' && !inFlight.has(attempt),
  ).length
  if (faults.length > 0) {
    // An unknown outcome outranks all.
    return { name, ...faulty(faults), ...(uncertain > 0 && { exitCode: exitCodes.uncertain }) }
  }
  const details = findings.map(({ message }) => ({ name: 'note', value: message }))
  if (uncertain > 0) {
    const message = `The outcome of ${plural(uncertain, 'call')} is not known.`
    const hint = '`callctl audit` lists attempts; settle each with `callctl resolve`.'
    return { name, state: 'error', message, details, hint, exitCode: exitCodes.uncertain }
  }
  const rings = openRings(graph.place)
    .list()
    .filter((ring) => isOpen(ring) && !inFlight.has(ring.operationId)).length
  if (rings > 0) {
    const message = `The outcome of ${plural(rings, 'invitation or transfer', 'invitations or transfers')} is not known.`
    const hint = '`callctl call rings` lists them; settle each with `callctl call settle`.'
    return { name, state: 'error', message, details, hint, exitCode: exitCodes.uncertain }
  }
  const placed = entries.filter(({ state }) => state === 'placed').length
  const origin = describeOrigin(graph.place.attempts)
  if (origin !== undefined) return { name, state: 'warning', message: `${origin}.`, details, hint: copyHint }
  const message = `${plural(entries.length, 'address', 'addresses')} recorded, ${placed} placed.`
  return { name, state: 'ok', message, details }
}

/** What other runners of a shared record, which are alive, are at. */
const inFlightOf = ({ place }: GraphAccess): ReadonlySet<string> => place.shared?.rows().inFlight ?? new Set()

/** None where the faults are in the way. */
function readEntries({ place }: GraphAccess, faults: readonly Finding[]): readonly Entry[] {
  try {
    return Object.values(loadRecord(place).lockfile.calls)
  } catch (cause) {
    if (cause instanceof RecordError && faults.length > 0) return []
    throw cause
  }
}

const copyHint =
  'If that one is still in use, this is a copy, and neither knows what the other places: use one of them. If it was restored, look at what was placed since.'

type FoundFinding = Omit<Finding, 'hint'> & { readonly hint?: string | undefined }

function faulty(faults: readonly FoundFinding[]): Omit<Check, 'name'> {
  const [first, ...more] = faults
  return {
    state: 'error',
    message: `${first?.message ?? ''}.`,
    details: more.map(({ message }) => ({ name: 'fault', value: message })),
    exitCode: exitCodes.record,
    ...(first?.hint !== undefined && { hint: first.hint }),
  }
}

export async function checkRunLock({ graph }: DoctorWorld): Promise<Check> {
  const name = 'run-lock'
  if (graph instanceof Error) return { name, state: 'skipped', message: 'See record.' }
  const [finding] = await lockOf(graph)
  if (finding === undefined) return { name, state: 'ok', message: 'Free.' }
  if (finding.isFault) return { name, ...faulty([finding]) }
  return { name, state: 'ok', message: `${finding.message}.` }
}

const lockOf = ({ place }: GraphAccess): Promise<readonly Finding[]> => verifyLock(place)
