// Asks Graph what became of live calls. This folder changes nothing: it sends GETs through the Calls port,
// and computes the lockfile that follows; writing that is for others.

import { type Answer, type Calls, type GraphTarget, parseEndpoint } from '../model/call.js'
import { clampConcurrency, forEachConcurrently } from '../model/concurrency.js'
import { LostAnswerError, NotSentError, SignInError } from '../model/errors.js'
import { createGate, type Gate } from '../model/gate.js'
import { listLiveCalls } from '../model/live-calls.js'
import { mayPass } from '../model/meaning.js'
import type { Observation } from '../model/plan.js'
import type { Entry } from '../model/record/lockfile.js'
import { interruptiblePauses } from './pauses.js'
import { readState } from './read-state.js'

export interface RefreshPorts {
  readonly calls: Pick<Calls, 'signIn' | 'forgetToken' | 'get'>
  /** Milliseconds since 1970. */
  now(): number
  random(): number
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
  readonly interrupted: AbortSignal
  /** Requests in flight, 1 to 64. */
  readonly concurrency: number
}

/** Requests for one call's state, and the pauses between them in milliseconds. */
const tryLimit = 5
const firstPause = 500
const longestPause = 60_000
const throttleJitter = 1_000

/** One observation for each placed call that has an id, earlier ones too, sorted by address. Never rejects: see `problem`. */
export async function refresh(
  entries: Readonly<Record<string, Entry>>,
  ports: RefreshPorts,
): Promise<readonly Observation[]> {
  const calls = Object.keys(entries)
    .sort()
    .flatMap((address) => listLiveCalls(entries[address]!).map((entry) => ({ address, entry })))
  const observations = new Array<Observation>(calls.length)
  const { pause, end } = interruptiblePauses(ports)
  const gate = createGate(pause, () => ports.random() * throttleJitter)
  const session = { ports, signIn: signInUntilRefused(ports.calls), pause, gate }
  await forEachConcurrently(calls, clampConcurrency(ports.concurrency), async ({ address, entry }, index) => {
    observations[index] = await observe(address, entry, session)
  })
  end()
  return observations
}

/** A refused sign-in stands for the whole run: a thousand calls do not ask a thousand times. */
function signInUntilRefused(calls: RefreshPorts['calls']): () => Promise<void> {
  let refusal: SignInError | undefined
  return async () => {
    if (refusal !== undefined) throw refusal
    try {
      await calls.signIn()
    } catch (error) {
      if (error instanceof SignInError) refusal = error
      throw error
    }
  }
}

interface Session {
  readonly ports: RefreshPorts
  readonly signIn: () => Promise<void>
  readonly pause: (milliseconds: number) => Promise<void>
  /** Closed while Graph throttles any of the requests. */
  readonly gate: Gate
}

async function observe(address: string, entry: Entry, session: Session): Promise<Observation> {
  const seen = await lookAt(entry, session).catch((error: unknown) => ({ problem: messageOf(error) }))
  const at = new Date(session.ports.now()).toISOString()
  return { address, callId: entry.callId!, state: 'unknown', at, ...seen }
}

async function lookAt(
  entry: Entry,
  session: Session,
): Promise<Pick<Observation, 'problem'> | { state: string }> {
  const { ports, gate } = session
  const target = parseEndpoint(entry.endpoint, entry.cloud)
  if (target === undefined) return { problem: `no endpoint can be read from ${entry.endpoint}` }
  for (let tries = 1; ; tries += 1) {
    await gate.pass()
    if (ports.interrupted.aborted) return { problem: 'interrupted' }
    const answer = await ask(target, entry.callId!, session).catch((error: unknown) => error)
    const backoff = ports.random() * firstPause * 2 ** (tries - 1)
    const throttle = throttleOf(answer, backoff)
    if (throttle !== undefined) gate.close(throttle)
    if (tries >= tryLimit || !mayAskAgain(answer)) {
      if (isAnswer(answer)) return readState(answer)
      throw answer
    }
    if (throttle === undefined) await session.pause(backoff)
  }
}

/** A token that Graph refuses is renewed once. */
async function ask(target: GraphTarget, callId: string, { ports, signIn }: Session): Promise<Answer> {
  const { calls } = ports
  await signIn()
  const answer = await calls.get(target, callId)
  if (answer.status !== 401) return answer
  calls.forgetToken()
  await signIn()
  return calls.get(target, callId)
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !(value instanceof Error) && 'status' in value

/** Whether the same question may get another answer a little later. */
function mayAskAgain(answer: unknown): boolean {
  if (isAnswer(answer)) return mayPass(answer.status)
  return answer instanceof NotSentError ? answer.retryable : answer instanceof LostAnswerError
}

/** How long all requests wait: where Graph asks for it, or throttles without saying how long. */
function throttleOf(answer: unknown, backoff: number): number | undefined {
  if (!isAnswer(answer) || !mayAskAgain(answer)) return undefined
  const { status, retryAfter } = answer
  if (retryAfter !== undefined && retryAfter >= 0) return Math.min(longestPause, retryAfter * 1000)
  return status === 429 ? backoff : undefined
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
