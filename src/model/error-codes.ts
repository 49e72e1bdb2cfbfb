import { LimitError, RecordError, RefusedError, SignInError, StalePlanError, UsageError } from './errors.js'
import { type ExitCode, exitCodes } from './exit-code.js'

/** Errors that are no bug of callctl, with their exit codes. */
const known: readonly (readonly [new (...values: never[]) => Error, ExitCode])[] = [
  [UsageError, exitCodes.usage],
  [LimitError, exitCodes.definitions],
  [RefusedError, exitCodes.refused],
  [StalePlanError, exitCodes.stale],
  [RecordError, exitCodes.record],
  [SignInError, exitCodes.signIn],
]

export const exitCodeOf = (error: unknown): ExitCode =>
  known.find(([type]) => error instanceof type)?.[1] ?? exitCodes.internal
