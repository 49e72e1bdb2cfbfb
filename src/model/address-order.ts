/**
 * The order in which people read addresses: digits by the number that they make, all else by UTF-16 code units, so that
 * no locale changes it. `page-2` comes before `page-10`.
 */
export function compareAddresses(left: string, right: string): number {
  let [at, other] = [0, 0]
  while (at < left.length && other < right.length) {
    if (isDigit(left, at) && isDigit(right, other)) {
      const [end, otherEnd] = [endOfNumber(left, at), endOfNumber(right, other)]
      const order = compareNumbers(left.slice(at, end), right.slice(other, otherEnd))
      if (order !== 0) return order
      at = end
      other = otherEnd
      continue
    }
    const order = left.charCodeAt(at) - right.charCodeAt(other)
    if (order !== 0) return order
    at += 1
    other += 1
  }
  const rest = left.length - at - (right.length - other)
  // `page-02` and `page-2` have one number, and are two addresses.
  return rest !== 0 ? rest : left < right ? -1 : left > right ? 1 : 0
}

/** By `address`, as people read them. */
export const byAddress = (left: { readonly address: string }, right: { readonly address: string }): number =>
  compareAddresses(left.address, right.address)

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

function endOfNumber(text: string, start: number): number {
  let end = start
  while (end < text.length && isDigit(text, end)) end += 1
  return end
}

/** Digits may be more than a number has room for. */
function compareNumbers(left: string, right: string): number {
  const [mine, others] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')]
  if (mine.length !== others.length) return mine.length - others.length
  return mine < others ? -1 : mine > others ? 1 : 0
}
