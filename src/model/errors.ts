// Thrown values: the world failed, or callctl has a bug. A user's mistake is a diagnostic, never thrown.

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
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LostAnswerError'
  }
}

/** A bug in callctl (exit 1). */
export class InternalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'InternalError'
  }
}
