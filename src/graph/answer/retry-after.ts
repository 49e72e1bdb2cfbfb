/** Seconds of a `Retry-After`, fractional or from an HTTP date; undefined when absent, unreadable or negative. */
export function readRetryAfter(
  text: string | null,
  dateHeader: string | null,
  now: number,
): number | undefined {
  const value = text?.trim() ?? ''
  if (/^\d{1,9}(\.\d{1,9})?$/.test(value)) return Number(value)
  const until = parseHttpDate(value)
  if (until === undefined) return undefined
  // The server's own clock, where it tells it: the two may differ by more than the wait.
  const seconds = (until - (parseHttpDate(dateHeader?.trim() ?? '') ?? now)) / 1000
  return seconds >= 0 ? seconds : undefined
}

function parseHttpDate(text: string): number | undefined {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text))
    return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
