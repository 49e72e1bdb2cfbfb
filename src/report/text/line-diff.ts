/** One line of a comparison of two texts. */
export interface DiffLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** Beyond this many lines added and removed, the differing middle is shown as one block: removed, then added. */
const mostSteps = 400

/** What leads from one list of lines to the other, in the fewest steps. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const room = Math.min(before.length, after.length) - start
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const middle = compareMiddle(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  )
  const keep = (lines: readonly string[]) => lines.map((text): DiffLine => ({ mark: ' ', text }))
  return [...keep(before.slice(0, start)), ...middle, ...keep(before.slice(before.length - end))]
}

function compareMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const rounds = searchPath(before, after)
  if (rounds === undefined) {
    return [
      ...before.map((text): DiffLine => ({ mark: '-', text })),
      ...after.map((text): DiffLine => ({ mark: '+', text })),
    ]
  }
  return walkBack(before, after, rounds)
}

/** How far each diagonal of the edit graph reaches after each step (Myers, 1986); undefined beyond the limit. */
type Reach = ReadonlyMap<number, number>

function searchPath(before: readonly string[], after: readonly string[]): readonly Reach[] | undefined {
  const rounds: Reach[] = []
  let reach: Reach = new Map([[1, 0]])
  for (let step = 0; step <= Math.min(before.length + after.length, mostSteps); step += 1) {
    rounds.push(reach)
    const next = new Map(reach)
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      let x = isDown(reach, diagonal, step) ? at(reach, diagonal + 1) : at(reach, diagonal - 1) + 1
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1
      next.set(diagonal, x)
      if (x >= before.length && x - diagonal >= after.length) return rounds
    }
    reach = next
  }
  return undefined
}

const at = (reach: Reach, diagonal: number): number => reach.get(diagonal) ?? -1

const isDown = (reach: Reach, diagonal: number, step: number): boolean =>
  diagonal === -step || (diagonal !== step && at(reach, diagonal - 1) < at(reach, diagonal + 1))

function walkBack(
  before: readonly string[],
  after: readonly string[],
  rounds: readonly Reach[],
): readonly DiffLine[] {
  const lines: DiffLine[] = []
  let x = before.length
  let y = after.length
  for (let step = rounds.length - 1; step >= 0; step -= 1) {
    const reach = rounds[step]!
    const from = isDown(reach, x - y, step) ? x - y + 1 : x - y - 1
    const fromX = at(reach, from)
    const fromY = fromX - from
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1
      y -= 1
      lines.push({ mark: ' ', text: before[x]! })
    }
    if (step === 0) break
    if (x > fromX) lines.push({ mark: '-', text: before[fromX]! })
    else lines.push({ mark: '+', text: after[fromY]! })
    x = fromX
    y = fromY
  }
  return lines.reverse()
}

/** Only what differs, and so many lines around it; `…` for what is left out. */
export function trimContext(lines: readonly DiffLine[], around: number): readonly DiffLine[] {
  const near = new Set<number>()
  for (const [index, { mark }] of lines.entries()) {
    if (mark === ' ') continue
    for (let each = index - around; each <= index + around; each += 1) near.add(each)
  }
  const trimmed: DiffLine[] = []
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) trimmed.push(line)
    else if (index === 0 || near.has(index - 1)) trimmed.push({ mark: ' ', text: '…' })
  }
  return trimmed
}
