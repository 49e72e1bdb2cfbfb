/** Exit codes of callctl, as users' scripts know them. */
export const exitCodes = {
  done: 0,
  internal: 1,
  wouldRing: 2,
  usage: 3,
  definitions: 4,
  refused: 5,
  stale: 6,
  record: 7,
  signIn: 8,
  graphRefused: 9,
  uncertain: 10,
  stopped: 11,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Several may hold at once: an unknown outcome outranks all; then whatever needs a person soonest. */
const ranking: readonly ExitCode[] = [10, 7, 1, 8, 11, 9, 6, 5, 4, 3, 2, 0]

export const worstExitCode = (codes: readonly ExitCode[]): ExitCode =>
  ranking.find((code) => codes.includes(code)) ?? exitCodes.done
