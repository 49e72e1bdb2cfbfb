import { RefusedError, UsageError } from '../../model/errors.js'
import { personalForm } from '../../model/personal-form.js'
import type { Observation } from '../../model/plan.js'
import type { Entry } from '../../model/record/lockfile.js'
import type { World } from '../../model/world.js'
import { refresh } from '../../refresh/refresh.js'
import type { GraphAccess } from './graph-access.js'
import type { Interruptible } from './interruptible.js'

/** Graph's ids of calls are UUIDs, gateways and test servers have others; a plain word is none. */
const idForm = /^(?=.*[0-9-])\S{6,}$/

/** What stands for an id in commands that callctl prints, copied as it is. */
const standIn = /^<?CALL-?ID>?$/i

/** Of whoever was rung, and no id of a call. Digits alone may be the id of a test server. */
const reachesSomebody = (text: string): boolean =>
  personalForm(text) === 'address' || /^(?:\+|tel:)/i.test(text)

/** Throws UsageError for a word that somebody typed in the place of an id; `isForced` lets other forms pass. */
export function requireForm(callId: string, isForced: boolean): void {
  if (standIn.test(callId)) {
    throw new UsageError(
      `${callId} stands for the call’s id.`,
      'Write the id itself, from call records or a callback. Is it not known, ask whom the call was to ring.',
    )
  }
  // The record goes into git, where nobody's address belongs.
  if ((isForced || idForm.test(callId)) && !reachesSomebody(callId)) return
  throw new UsageError(
    `${callId} has not the form of a call’s id.`,
    'Graph’s ids are such as 2f1a1100-b174-40a0-aba7-0b405e01ed92.',
  )
}

/** A call that somebody names, where it would be looked for. */
export type NamedCall = Pick<Entry, 'endpoint' | 'cloud' | 'digest' | 'attempt'> & { readonly callId: string }

/** How Graph is asked. */
export interface Looking {
  readonly graph: GraphAccess
  readonly world: World
  readonly interruptible: Interruptible
}

/**
 * Asks Graph whether it has such a call: an id that was copied wrong would leave the true call out of sight. Throws
 * RefusedError unless it has.
 */
export async function requireCall(call: NamedCall, looking: Looking): Promise<void> {
  const { state, problem } = await look(call, looking)
  const { callId } = call
  if (problem !== undefined) {
    throw new RefusedError(
      `Whether ${callId} is a call cannot be known: ${problem}.`,
      'Nothing was recorded. `--force` records the id without asking.',
    )
  }
  if (state !== undefined && state !== 'gone') return
  throw new RefusedError(
    `Graph knows no call ${callId}.`,
    'Nothing was recorded. Graph forgets calls that have ended: if the id comes from call records or a callback, `--force` records it.',
  )
}

async function look(
  { callId, ...call }: NamedCall,
  { graph, world, interruptible }: Looking,
): Promise<Partial<Pick<Observation, 'state' | 'problem'>>> {
  const open = await graph.open()
  try {
    await open.calls.signIn()
    const { now, random, wait } = world
    const entries = { call: { ...call, state: 'placed' as const, callId } }
    const [observation] = await interruptible((interrupted) =>
      refresh(entries, { calls: open.calls, now, random, wait, interrupted, concurrency: 1 }),
    )
    return observation ?? { problem: 'it was not looked at' }
  } finally {
    await open.close()
  }
}
