import type { PageCall, PageCause, PageData } from '../page-data.js'
import { type Child, element, isolated } from './dom.js'

export interface Line {
  readonly left?: string
  readonly right?: string
  readonly cause?: PageCause
  readonly mark: 'same' | 'added' | 'removed' | 'changed'
}

const numbersPerLine = 3

export function readLines(call: PageCall, data: PageData): readonly Line[] {
  const lines: Line[] = []
  for (let at = 0; at < call.rows.length; at += numbersPerLine) {
    const left = data.texts[call.rows[at]!]
    const right = data.texts[call.rows[at + 1]!]
    const cause = data.causes[call.rows[at + 2]!]
    lines.push({
      ...(left !== undefined && { left }),
      ...(right !== undefined && { right }),
      ...(cause !== undefined && { cause }),
      mark: markOf(left, right, cause !== undefined),
    })
  }
  return lines
}

/** A comma more or less is no change of a value; two values that look alike when masked are one. */
function markOf(left: string | undefined, right: string | undefined, isCaused: boolean): Line['mark'] {
  if (left === undefined) return 'added'
  if (right === undefined) return 'removed'
  return !isCaused && left.replace(/,$/, '') === right.replace(/,$/, '') ? 'same' : 'changed'
}

const shownAround = 3
const fewest = 4

/** The payloads side by side, each changed value with the line that gave it. */
export function drawTable(call: PageCall, data: PageData, isWhole: boolean): HTMLTableElement {
  const lines = readLines(call, data)
  const sides = {
    hasLeft: lines.some(({ left }) => left !== undefined),
    hasRight: lines.some(({ right }) => right !== undefined),
    hasCause: call.extras.length > 0 || lines.some(({ cause }) => cause !== undefined),
  }
  const isOneSided = !sides.hasLeft || !sides.hasRight
  const body = element('tbody', '', ...call.extras.map((extra) => drawExtra(extra, data)))
  for (const [isFolded, run] of splitRuns(lines, isWhole || isOneSided)) {
    if (isFolded) body.append(drawFold(run, sides))
    else body.append(...drawRun(run, sides))
  }
  const table = element('table', isOneSided ? 'diff single' : 'diff', drawHead(data, sides), body)
  if (sides.hasCause) table.classList.add('caused')
  return table
}

interface Sides {
  readonly hasLeft: boolean
  readonly hasRight: boolean
  readonly hasCause: boolean
}

function drawHead({ names }: PageData, { hasLeft, hasRight, hasCause }: Sides): HTMLElement {
  const cell = (...children: readonly Child[]): HTMLElement => {
    const made = element('th', '', ...children)
    made.scope = 'col'
    return made
  }
  return element(
    'thead',
    '',
    element(
      'tr',
      '',
      ...(hasLeft ? [cell('Before: ', isolated(names.before))] : []),
      ...(hasRight ? [cell('After: ', isolated(names.after))] : []),
      ...(hasCause ? [cell('Caused by')] : []),
    ),
  )
}

/** Runs of equal lines, all but those next to a change, are folded. */
function splitRuns(
  lines: readonly Line[],
  isWhole: boolean,
): readonly (readonly [boolean, readonly Line[]])[] {
  if (isWhole) return [[false, lines]]
  const isNear = new Array<boolean>(lines.length).fill(false)
  lines.forEach(({ mark, cause }, at) => {
    if (mark !== 'same' || cause !== undefined)
      isNear.fill(true, Math.max(at - shownAround, 0), at + shownAround + 1)
  })
  const runs: [boolean, Line[]][] = []
  for (const [at, line] of lines.entries()) {
    const last = runs.at(-1)
    if (last !== undefined && last[0] === !isNear[at]) last[1].push(line)
    else runs.push([!isNear[at], [line]])
  }
  return runs.map(([isFolded, run]) => [isFolded && run.length >= fewest, run])
}

function drawFold(run: readonly Line[], sides: Sides): HTMLElement {
  const button = element('button', 'quiet', `Show ${run.length} equal lines`)
  button.type = 'button'
  const cell = element('td', '', button)
  cell.colSpan = 3
  const made = element('tr', 'fold', cell)
  button.addEventListener('click', () => {
    const drawn = drawRun(run, sides)
    made.replaceWith(...drawn)
    drawn[0]?.querySelector('td')?.setAttribute('tabindex', '-1')
    drawn[0]?.querySelector('td')?.focus()
  })
  return made
}

const words = { same: '', added: 'Added: ', removed: 'Removed: ', changed: 'Changed: ' }

/** A cause has the room of all lines up to the next one. */
function drawRun(run: readonly Line[], sides: Sides): readonly HTMLElement[] {
  const starts = run.flatMap(({ cause }, at) => (at === 0 || cause !== undefined ? [at] : []))
  const ends = new Map(starts.map((start, at) => [start, starts[at + 1] ?? run.length]))
  return run.map((line, at) => {
    const drawn = drawLine(line, sides)
    const end = ends.get(at)
    if (!sides.hasCause || end === undefined) return drawn
    const cell = element('td', 'cause', ...(line.cause === undefined ? [] : drawCause(line.cause)))
    cell.rowSpan = end - at
    drawn.append(cell)
    return drawn
  })
}

function drawLine({ left, right, mark }: Line, { hasLeft, hasRight }: Sides): HTMLElement {
  const isChanged = mark === 'changed' && left !== undefined && right !== undefined
  const [from, to] = isChanged ? markParts(left, right) : [[left ?? ''], [right ?? '']]
  return element(
    'tr',
    mark,
    ...(hasLeft ? [drawSide('del', left, from, mark)] : []),
    ...(hasRight ? [drawSide('ins', right, to, mark)] : []),
  )
}

function drawSide(
  name: 'ins' | 'del',
  text: string | undefined,
  parts: readonly Child[],
  mark: Line['mark'],
): HTMLElement {
  if (text === undefined) return element('td', 'absent')
  const code = element(
    'code',
    '',
    ...(mark === 'same' ? parts : [element('span', 'unseen', words[mark]), ...parts]),
  )
  code.dir = 'ltr'
  return element('td', mark === 'same' ? '' : name, code)
}

/** What both begin and end with is left as it is; what is between is marked. */
function markParts(left: string, right: string): readonly [readonly Child[], readonly Child[]] {
  const [from, to] = [[...left], [...right]]
  const shorter = Math.min(from.length, to.length)
  let head = 0
  while (head < shorter && from[head] === to[head]) head += 1
  let tail = 0
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1
  const split = (all: readonly string[], name: 'ins' | 'del'): readonly Child[] => [
    all.slice(0, head).join(''),
    element(name, '', all.slice(head, all.length - tail).join('')),
    all.slice(all.length - tail).join(''),
  ]
  return [split(from, 'del'), split(to, 'ins')]
}

/** The place, the line there, and the way that the value took. */
function drawCause({ place, text, variables, revision }: PageCause): readonly Child[] {
  const where = element('span', 'place', isolated(place))
  where.title = `in ${revision}`
  const line = text === undefined ? [] : [element('code', 'source', text)]
  return [where, ...line, ...variables.map((variable) => element('small', '', 'by ', isolated(variable)))]
}

function drawExtra([pointer, before, after, cause]: PageCall['extras'][number], data: PageData): HTMLElement {
  const side = (text: string, name: string): HTMLElement => {
    if (text === '') return element('td', 'absent')
    return element('td', name, element('code', '', element('b', '', `${pointer} `), text))
  }
  const found = data.causes[cause]
  return element(
    'tr',
    'changed extra',
    side(before, 'del'),
    side(after, 'ins'),
    element('td', 'cause', ...(found === undefined ? [] : drawCause(found))),
  )
}
