import { diffArrays } from 'diff'

/** One line of a comparison of two texts. */
export interface DiffLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** Beyond this many lines added and removed, the texts have little in common: one is shown after the other. */
const mostSteps = 400

/** What leads from one list of lines to the other, in the fewest steps. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: mostSteps })
  if (parts === undefined) return [...mark('-', before), ...mark('+', after)]
  return parts.flatMap(({ added, removed, value }) => mark(removed ? '-' : added ? '+' : ' ', value))
}

const mark = (mark: DiffLine['mark'], lines: readonly string[]): readonly DiffLine[] =>
  lines.map((text) => ({ mark, text }))

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
