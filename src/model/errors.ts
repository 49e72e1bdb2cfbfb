// Thrown values: the world failed, or callctl has a bug. A user's mistake is a diagnostic, never thrown.

import type { Range } from './language/source.js'

/** A command line, a setting of the environment or a path that cannot be acted on (exit 3). */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message)
    this.name = 'UsageError'
  }
}

/** A run that takes more steps than it may (exit 4). */
export class LimitError extends Error {
  readonly code = 'limit/steps'
  readonly hint: string
  /** What cost most. */
  readonly range: Range | undefined

  constructor(
    limit: number,
    most: { readonly steps: number; readonly name?: string; readonly range: Range } | undefined,
  ) {
    const where = most === undefined || most.name === undefined ? '' : ` (\`${most.name}\`)`
    const share =
      most === undefined
        ? ''
        : `; most of them, ${formatSteps(most.steps)}, go into ${most.range.source}${where}`
    super(`This run takes more than ${formatSteps(limit)} steps${share}.`)
    this.name = 'LimitError'
    this.range = most?.range
    this.hint =
      'Make the lists, texts or loops there smaller. If all of it is to be trusted, set CALLCTL_MAX_STEPS to a higher number.'
  }
}

const formatSteps = (steps: number): string => String(steps).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** A lockfile or attempt that is held, unreadable, conflicted or foreign, or a disk that fails (exit 7). */
export class RecordError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'RecordError'
  }
}

/** What a guard forbids, and a person may allow (exit 5). */
export class RefusedError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message)
    this.name = 'RefusedError'
  }
}

/** A saved plan that is damaged, expired, used, or made for what is no longer so (exit 6). */
export class StalePlanError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message)
    this.name = 'StalePlanError'
  }
}

/** No token, or a token without the needed roles (exit 8). */
export class SignInError extends Error {
  /** Whether trying again may help: true when the sign-in endpoint could not be reached or was out of order. */
  readonly isRetryable: boolean

  constructor(
    message: string,
    readonly hint?: string,
    options?: ErrorOptions & { readonly isRetryable?: boolean },
  ) {
    super(message, options)
    this.name = 'SignInError'
    this.isRetryable = options?.isRetryable === true
  }
}

/** A request to Graph that failed before its first byte was written: nothing rang. */
export class NotSentError extends Error {
  constructor(
    message: string,
    /** Whether trying again may help: true for DNS, connect and time-outs, false for a bad certificate. */
    readonly retryable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'NotSentError'
  }
}

/** A request whose fate is unknown: it was cut, or never answered, after its first byte was written. */
export class LostAnswerError extends Error {
  /** Ids of what may be the call, from what came of the answer. */
  readonly named: readonly string[]
  /** The start of what came, without secrets. */
  readonly raw: string | undefined

  constructor(
    message: string,
    options?: ErrorOptions & { readonly named?: readonly string[]; readonly raw?: string | undefined },
  ) {
    super(message, options)
    this.name = 'LostAnswerError'
    this.named = options?.named ?? []
    this.raw = options?.raw
  }
}

/** A bug in callctl (exit 1). */
export class InternalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'InternalError'
  }
}
