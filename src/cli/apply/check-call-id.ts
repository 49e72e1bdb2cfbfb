import { RefusedError, UsageError } from '../../model/errors.js'
import type { Host } from '../../model/host.js'
import type { Observation } from '../../model/plan.js'
import type { Entry } from '../../model/record/lockfile.js'
import { refresh } from '../../refresh/refresh.js'
import { showText } from '../../report/text/paint.js'
import type { Arguments } from '../frame/arguments.js'
import { interruptible } from '../frame/interruptible.js'
import type { GraphAccess } from './graph-access.js'

/** Graph's ids of calls are UUIDs, gateways and test servers have others; a plain word is none. */
const idForm = /^(?=.*[0-9-])\S{6,}$/

/** Throws UsageError for a word that somebody typed in the place of an id. */
export function requireForm(callId: string, args: Arguments): void {
  if (args.has('force') || idForm.test(callId)) return
  throw new UsageError(
    `${showText(callId)} has not the form of a call’s id.`,
    'Graph’s ids are such as 2f1a1100-b174-40a0-aba7-0b405e01ed92.',
  )
}

/** A call that somebody names, where it would be looked for. */
export type NamedCall = Pick<Entry, 'endpoint' | 'cloud' | 'digest' | 'attempt'> & { readonly callId: string }

/**
 * Asks Graph whether it has such a call: an id that was copied wrong would leave the true call out of sight. Throws
 * RefusedError unless it has.
 */
export async function requireCall(call: NamedCall, graph: GraphAccess, host: Host): Promise<void> {
  const { state, problem } = await look(call, graph, host)
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
  graph: GraphAccess,
  host: Host,
): Promise<Partial<Pick<Observation, 'state' | 'problem'>>> {
  const open = await graph.open()
  try {
    await open.calls.signIn()
    const { now, random, wait } = host
    const entries = { call: { ...call, state: 'placed' as const, callId } }
    const [observation] = await interruptible(host, (interrupted) =>
      refresh(entries, { calls: open.calls, now, random, wait, interrupted, concurrency: 1 }),
    )
    return observation ?? { problem: 'it was not looked at' }
  } finally {
    await open.close()
  }
}
