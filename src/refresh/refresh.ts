// Asks Graph what became of live calls. This folder changes nothing: it sends GETs through the Calls port,
// and computes the lockfile that follows; writing that is for others.

import { type Calls, parseEndpoint } from '../model/call.js'
import { clampConcurrency, forEachConcurrently } from '../model/concurrency.js'
import { SignInError } from '../model/errors.js'
import { listLiveCalls } from '../model/live-calls.js'
import type { Observation } from '../model/plan.js'
import type { Entry } from '../model/record/lockfile.js'
import { isAnswer, type Sender, send } from '../send/send.js'
import { type SenderPorts, startSender } from '../send/start-sender.js'
import { readState } from './read-state.js'

export interface RefreshPorts extends SenderPorts {
  readonly calls: Pick<Calls, 'signIn' | 'forgetToken' | 'get'>
  /** Milliseconds since 1970. */
  now(): number
  /** Requests in flight, 1 to 64. */
  readonly concurrency: number
}

/** One observation for each placed call that has an id, earlier ones too, sorted by address. Never rejects: see `problem`. */
export async function refresh(
  entries: Readonly<Record<string, Entry>>,
  ports: RefreshPorts,
): Promise<readonly Observation[]> {
  const calls = Object.keys(entries)
    .sort()
    .flatMap((address) => listLiveCalls(entries[address]!).map((entry) => ({ address, entry })))
  const observations = new Array<Observation>(calls.length)
  const sender = startSender({ ...ports, calls: refusedOnce(ports.calls) })
  await forEachConcurrently(calls, clampConcurrency(ports.concurrency), async ({ address, entry }, index) => {
    const seen = await lookAt(entry, sender, ports).catch((error: unknown) => ({ problem: messageOf(error) }))
    const at = new Date(ports.now()).toISOString()
    observations[index] = { address, callId: entry.callId!, state: 'unknown', at, ...seen }
  })
  sender.end()
  return observations
}

/** A refused sign-in stands for the whole run: a thousand calls do not ask a thousand times. */
function refusedOnce({ signIn, forgetToken }: RefreshPorts['calls']): SenderPorts['calls'] {
  let refusal: SignInError | undefined
  return {
    forgetToken,
    async signIn() {
      if (refusal !== undefined) throw refusal
      try {
        return await signIn()
      } catch (error) {
        if (error instanceof SignInError) refusal = error
        throw error
      }
    },
  }
}

async function lookAt(
  { endpoint, cloud, callId }: Entry,
  sender: Sender,
  { calls }: RefreshPorts,
): Promise<Pick<Observation, 'problem'> | { state: string }> {
  const target = parseEndpoint(endpoint, cloud)
  if (target === undefined) return { problem: `no endpoint can be read from ${endpoint}` }
  const ended = await send(sender, { repeat: 'always', send: () => calls.get(target, callId!) })
  if ('stopped' in ended) return { problem: reasonOf(ended.stopped) }
  return isAnswer(ended.sent) ? readState(ended.sent) : { problem: ended.sent.message }
}

const reasonOf = (stopped: string | SignInError): string =>
  typeof stopped === 'string' ? stopped : stopped.message

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
