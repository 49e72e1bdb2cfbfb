import type { PageCall, PageData } from '../page-data.js'
import { drawTable, readLines } from './diff-table.js'
import { type Child, element, isolated } from './dom.js'

/** One call of the page. What is inside is drawn when it is open and near the part that is seen. */
export interface CallItem {
  readonly details: HTMLDetailsElement
  readonly kind: string
  /** At once; whole, or with equal lines folded. */
  draw(isWhole: boolean): void
  /** All that a search looks at, in small letters. */
  words(): string
}

export function createCallList(list: readonly HTMLDetailsElement[], data: PageData): readonly CallItem[] {
  const bodies = new Map<Element, () => void>()
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) bodies.get(target)?.()
    },
    { rootMargin: '400px' },
  )
  return list.map((details) => {
    const call = data.calls[Number(details.dataset['call'])]!
    const body = details.querySelector<HTMLElement>('.body')!
    let drawn: 'none' | 'folded' | 'whole' = 'none'
    const draw = (isWhole: boolean): void => {
      seen.unobserve(body)
      if (drawn === 'whole' || (drawn === 'folded' && !isWhole)) return
      drawn = isWhole ? 'whole' : 'folded'
      body.style.minHeight = ''
      body.replaceChildren(...drawBody(call, data, isWhole))
    }
    bodies.set(body, () => draw(false))
    details.addEventListener('toggle', () => {
      if (!details.open || drawn !== 'none') return
      // So that a thousand open calls are not all near.
      body.style.minHeight = `${guessHeight(call)}px`
      seen.observe(body)
    })
    let found: string | undefined
    return {
      details,
      kind: details.dataset['kind'] ?? '',
      draw,
      words: () => {
        found ??= listWords(details, call, data).join('\n').toLowerCase()
        return found
      },
    }
  })
}

const guessHeight = (call: PageCall): number => 160 + Math.min(call.rows.length, 90) * 6

function drawBody(call: PageCall, data: PageData, isWhole: boolean): readonly Child[] {
  const facts = call.facts.map(([label, text]) => drawFact(label, [isolated(text)]))
  const rings = call.rings.flatMap((index, at) => [
    ...(at === 0 ? [] : [', ']),
    drawCallee(data.callees[index]!),
  ])
  const rung = rings.length === 0 ? [] : [drawFact('Rings', rings)]
  const wide = element('div', 'wide', drawTable(call, data, isWhole))
  wide.tabIndex = 0
  wide.setAttribute('role', 'region')
  wide.setAttribute('aria-label', 'Payload')
  return [element('dl', 'facts', ...facts, ...rung), wide]
}

const drawFact = (label: string, children: readonly Child[]): HTMLElement =>
  element('div', '', element('dt', '', label), element('dd', '', ...children))

function drawCallee([name = '', id = '']: readonly string[]): HTMLElement {
  const made = isolated(name)
  if (id !== '') made.title = id
  return made
}

/** What changed, where, by which line; whom it rings; not the rest of the payload. */
function listWords(details: HTMLElement, call: PageCall, data: PageData): readonly string[] {
  const causes: number[] = []
  for (let at = 2; at < call.rows.length; at += 3) if (call.rows[at]! >= 0) causes.push(call.rows[at]!)
  for (const extra of call.extras) causes.push(extra[3])
  return [
    details.querySelector('summary')?.textContent ?? '',
    details.dataset['pointers'] ?? '',
    ...call.facts.flat(),
    ...call.rings.flatMap((index) => data.callees[index]!),
    ...call.extras.flatMap((extra) => extra.slice(0, 3).map(String)),
    ...causes.flatMap((index) => {
      const cause = data.causes[index]
      return cause === undefined ? [] : [cause.place, cause.text ?? '', ...cause.variables]
    }),
    ...readLines(call, data).flatMap(({ mark, left = '', right = '' }) =>
      mark === 'same' ? [] : [left, right],
    ),
  ]
}
