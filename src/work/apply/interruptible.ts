/**
 * Does work that somebody may want to end early: the signal says so, and what is in flight is waited for then. Where the
 * program is left at once instead, `isAnyUnknown` tells whether a call in flight may ring that nobody knows of.
 */
export type Interruptible = <Value>(
  work: (interrupted: AbortSignal) => Promise<Value>,
  isAnyUnknown?: () => boolean,
) => Promise<Value>
