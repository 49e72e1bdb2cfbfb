// One saved plan on several runners: the plan is the queue. Each begins at its own share, asks ahead which calls others
// have, and takes what is left; claims alone decide. A run ends when each call of the plan has an outcome, whoever got it.

import type { ApplyPorts } from '../../apply/ports.js'
import { keyOfAddress } from '../../model/address.js'
import { RecordError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Plan, SavedPlan } from '../../model/plan.js'
import type { Attempt, Outcome } from '../../model/record/attempt.js'
import type { SharedRecord, SharedRows } from '../../model/record/shared-record.js'
import type { RunResult } from '../../model/run.js'
import type { World } from '../../model/world.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import type { ApplyOptions } from '../options/apply-options.js'

/** What is shared of a saved plan. */
export interface Sharing {
  /** Every call that the plan places, as it was saved. */
  readonly whole: readonly SharedCall[]
  /** Where this runner begins, as a fraction of the plan: at least 0, less than 1. */
  readonly start: number
}

interface SharedCall {
  readonly address: string
  readonly attemptId: string
}

interface SharingUse {
  readonly place: RecordPlace
  readonly options: Pick<ApplyOptions, 'share' | 'part'>
  readonly world: Pick<World, 'random'>
}

/** Of a plan that several runners have. Throws UsageError where each would place all of it. */
export function readSharing(saved: SavedPlan, { place, options, world }: SharingUse): Sharing | undefined {
  const { share, part } = options
  if (share !== true) return undefined
  if (place.shared === undefined) {
    throw new UsageError(
      '`--share` is for runners that share a record.',
      'docs/shared-record.md says how; one runner needs no `--share`.',
    )
  }
  return { whole: sharedCallsOf(saved), start: part ?? world.random() }
}

/** What the plan places, whoever has placed some of it by now. */
const sharedCallsOf = ({ changes }: SavedPlan): readonly SharedCall[] =>
  changes.flatMap(({ address, attemptId }) => (attemptId === undefined ? [] : [{ address, attemptId }]))

/** The saved plan without the calls that some runner of it has claimed. */
export function leaveTaken(saved: SavedPlan, attempts: readonly Attempt[]): SavedPlan {
  const taken = new Set(attempts.map(({ attemptId }) => attemptId))
  const changes = saved.changes.filter(({ attemptId }) => attemptId === undefined || !taken.has(attemptId))
  return { ...saved, changes }
}

/** Between looks at what others have in flight, in milliseconds. */
const pollTime = 500

interface SharedRun {
  readonly sharing: Sharing
  readonly shared: SharedRecord
  readonly ports: ApplyPorts
  readonly world: Pick<World, 'wait'>
  /** Carries out a part of the plan. */
  readonly carryOut: (plan: Plan, ports: ApplyPorts) => Promise<RunResult>
}

/** Until nothing is left that this runner could do, or wait for. */
export async function carryOutShared(plan: Plan, run: SharedRun): Promise<RunResult> {
  const { sharing, shared, ports, world, carryOut } = run
  let left = rotate(plan, sharing.start)
  let ran: RunResult = { results: [] }
  for (;;) {
    const again = await carryOut(left, lookingAhead(left, shared, ports))
    ran = { ...again, results: latest([...ran.results, ...again.results]) }
    const { stopped, recordProblem, signInProblem } = again
    if ((stopped ?? recordProblem ?? signInProblem) !== undefined || ports.interrupted.aborted) return ran
    await shared.reread()
    const { free, inFlight } = lookAt(sharing, shared.rows())
    if (inFlight > 0) await world.wait(pollTime, ports.interrupted)
    // What could not be claimed by now, such as while nobody reaches Graph, cannot be in the next moment either.
    else if (free.size === 0 || free.size >= countCalls(left)) return ran
    left = {
      ...plan,
      changes: left.changes.filter(({ attemptId }) => attemptId !== undefined && free.has(attemptId)),
    }
  }
}

const countCalls = ({ changes }: Plan): number =>
  changes.filter(({ attemptId }) => attemptId !== undefined).length

/** The plan from where this runner begins, round to it. */
function rotate(plan: Plan, start: number): Plan {
  const at = Math.floor(start * plan.changes.length)
  return { ...plan, changes: [...plan.changes.slice(at), ...plan.changes.slice(0, at)] }
}

const latest = (results: RunResult['results']): RunResult['results'] => [
  ...new Map(results.map((result) => [result.address, result])).values(),
]

/** How far is looked ahead, and how often: so that hardly a connection is made for a call that another has. */
const ahead = 64
const every = 16

function lookingAhead({ changes }: Plan, shared: SharedRecord, ports: ApplyPorts): ApplyPorts {
  const ids = changes.flatMap(({ attemptId }) => attemptId ?? [])
  const places = new Map(ids.map((id, index) => [id, index]))
  const taken = new Set<string>()
  let next = 0
  let looking: Promise<void> = Promise.resolve()
  const look = async (from: number): Promise<void> => {
    try {
      for (const id of await shared.taken(ids.slice(from, from + ahead))) taken.add(id)
    } catch (error) {
      // It only spares connections: what cannot be claimed either says so.
      if (!(error instanceof RecordError)) throw error
    }
  }
  return {
    ...ports,
    async isTaken(attemptId) {
      const place = places.get(attemptId)
      if (place !== undefined && place >= next) {
        next = place + every
        looking = look(place)
      }
      await looking
      return taken.has(attemptId)
    },
  }
}

/** Calls of the plan that nobody has claimed, and how many are claimed and may still come to something. */
function lookAt({ whole }: Sharing, { attempts, inFlight }: SharedRows) {
  const claimed = new Set(attempts.map(({ attemptId }) => attemptId))
  const free = new Set(whole.map(({ attemptId }) => attemptId).filter((id) => !claimed.has(id)))
  const keys = new Set(whole.map(({ address }) => keyOfAddress(address)))
  const flying = attempts.filter(
    ({ attemptId, address }) => inFlight.has(attemptId) && keys.has(keyOfAddress(address)),
  )
  return { free, inFlight: flying.length }
}

/** The worst outcome over the calls of the plan, whoever has made it. */
export function codeOfWhole({ whole }: Sharing, { attempts }: SharedRows): ExitCode {
  const numbers = new Map(attempts.map(({ attemptId, number }) => [attemptId, number]))
  const last = new Map<string, Attempt>()
  // By address and number, so that a later attempt takes the place of an earlier one.
  for (const attempt of attempts) last.set(keyOfAddress(attempt.address), attempt)
  return worstExitCode(
    whole.map(({ address, attemptId }) => {
      const attempt = last.get(keyOfAddress(address))
      const first = numbers.get(attemptId)
      return attempt === undefined || first === undefined || attempt.number < first
        ? exitCodes.stopped
        : codeOf(attempt)
    }),
  )
}

const codes: Readonly<Record<Outcome['kind'], ExitCode>> = {
  placed: exitCodes.done,
  refused: exitCodes.graphRefused,
  'not-sent': exitCodes.graphRefused,
  uncertain: exitCodes.uncertain,
}

const codeOf = ({ outcome, damage }: Attempt): ExitCode =>
  outcome === undefined || damage !== undefined ? exitCodes.uncertain : codes[outcome.kind]
