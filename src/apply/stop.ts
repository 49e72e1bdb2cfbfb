import type { RecordError, SignInError } from '../model/errors.js'
import type { RunEvent, RunResult } from '../model/run.js'
import { createPauses } from '../send/pauses.js'

/** Why a run stops, once and for all. What is in flight then still ends as usual. */
export interface Stop {
  /** Waits for `wait`, whose signal aborts when the run stops or is over. Never rejects; see `forCrash`. */
  pause(wait: (signal: AbortSignal) => Promise<void>): Promise<void>
  /** Why nothing new may be claimed; undefined while it may. */
  reason(): string | undefined
  because(reason: string): void
  forSignIn(error: SignInError): void
  /** What `forSignIn` kept. */
  signInError(): SignInError | undefined
  forRecord(error: RecordError): void
  /** Keeps a bug's exception until nothing is in flight. */
  forCrash(error: unknown): void
  /** Does what only a bug makes throw, at a moment when throwing would lose more. */
  guard(action: () => void): void
  /** The run is over. Throws what `forCrash` kept. */
  end(): Omit<RunResult, 'results'>
}

interface Reasons {
  stopped?: string
  signIn?: SignInError
  recordProblem?: string
}

export function createStop(interrupted: AbortSignal, report: (event: RunEvent) => void): Stop {
  const reasons: Reasons = {}
  const crashes: unknown[] = []
  const pauses = createPauses()
  function because(reason: string): void {
    if (reasons.stopped !== undefined) return
    reasons.stopped = reason
    pauses.endAll()
    guard(() => report({ event: 'stopping', reason }))
  }
  function forCrash(error: unknown): void {
    crashes.push(error)
    because('internal error')
  }
  function guard(action: () => void): void {
    try {
      action()
    } catch (error) {
      forCrash(error)
    }
  }
  const interrupt = (): void => because('interrupted')
  interrupted.addEventListener('abort', interrupt)
  if (interrupted.aborted) interrupt()

  return {
    async pause(wait) {
      if (reasons.stopped !== undefined) return
      await pauses.run(wait).catch(forCrash)
    },
    reason: () => reasons.stopped,
    because,
    forSignIn(error) {
      reasons.signIn ??= error
      because('signing in failed')
    },
    signInError: () => reasons.signIn,
    forRecord(error) {
      reasons.recordProblem ??= withHint(error)
      because('an attempt could not be recorded')
    },
    forCrash,
    guard,
    end() {
      interrupted.removeEventListener('abort', interrupt)
      pauses.endAll()
      if (crashes.length > 0) throw crashes[0]
      return endingOf(reasons)
    },
  }
}

const endingOf = ({ signIn, ...rest }: Reasons): Omit<RunResult, 'results'> => ({
  ...rest,
  ...(signIn && { signInProblem: withHint(signIn) }),
})

const withHint = ({ message, hint }: SignInError | RecordError): string =>
  hint === undefined ? message : `${message} (${hint})`
