/**
 * What the status of an answer says about the request: it was done; refused, with nothing done; refused for the token
 * alone; turned away by the throttle, which says until when; may get another answer later, and was perhaps done
 * (`passing`); or nothing that is known. The table is in
 * docs/reliability.md#how-a-call-is-placed.
 */
export type Meaning = 'done' | 'refused' | 'sign-in' | 'throttled' | 'passing' | 'unclear'

/** Statuses by which Graph says that it did nothing. */
const refusals: ReadonlySet<number> = new Set([400, 403, 404, 405, 409, 410, 413, 415, 422])

export function meaningOf(status: number, retryAfter?: number): Meaning {
  if (status >= 200 && status <= 299) return 'done'
  if (refusals.has(status)) return 'refused'
  if (status === 401) return 'sign-in'
  if (status === 429 && retryAfter !== undefined && Number.isFinite(retryAfter)) return 'throttled'
  return status === 408 || status === 429 || status >= 500 ? 'passing' : 'unclear'
}

/** Whether the same request, if it may be repeated, can get another answer a little later. */
export function mayPass(status: number): boolean {
  const meaning = meaningOf(status)
  return meaning === 'passing' || meaning === 'throttled'
}
