import type { CallItem } from './call-list.js'
import { all, part } from './dom.js'

interface Ring {
  readonly row: HTMLElement
  readonly text: string
}

/** Hides what does not match; says how much does. Every word has to be found, in any order. */
export function startSearch(calls: readonly CallItem[]): { readonly showAll: () => void } {
  const box = part('_search', HTMLInputElement)
  const bar = part('_bar', HTMLElement)
  if (box === undefined || bar === undefined) return { showAll: () => {} }
  const chips = all<HTMLInputElement>('#_bar input[name=kind]')
  let rings: readonly Ring[] | undefined
  const apply = (): void => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean)
    const kind = chips.find(({ checked }) => checked)?.value ?? 'all'
    rings ??= all<HTMLElement>('.rings tbody tr:not(.alike)').map(describeRing)
    const ringCount = showMatching(rings, (ring) => ({
      target: ring.row,
      isMatch: matches(ring.text, words),
    }))
    showGroups(words.length > 0)
    const callCount = showMatching(calls, (call) => ({
      target: call.details,
      isMatch: (kind === 'all' || kind === call.kind) && (words.length === 0 || matches(call.words(), words)),
    }))
    tell(callCount, calls.length, ringCount, rings.length)
  }
  box.addEventListener('input', apply)
  for (const chip of chips) chip.addEventListener('change', apply)
  startKeys(box, apply)
  startFinds(box, apply)
  bar.hidden = false
  apply()
  return {
    showAll: () => {
      box.value = ''
      for (const chip of chips) chip.checked = chip.value === 'all'
      apply()
    },
  }
}

/** A row for many is there while one of them is; what the search has opened it closes again. */
function showGroups(isSearching: boolean): void {
  for (const group of all<HTMLElement>('.rings tr.alike')) {
    group.hidden = group.querySelector('.inner tr:not([hidden])') === null
    const details = group.querySelector('details')
    if (details === null || (!isSearching && details.dataset['found'] === undefined)) continue
    details.open = isSearching && !group.hidden
    if (details.open) details.dataset['found'] = ''
    else delete details.dataset['found']
  }
}

const describeRing = (row: HTMLElement): Ring => {
  const titles = [...row.querySelectorAll('[title]')].map((each) => each.getAttribute('title'))
  return { row, text: `${row.textContent} ${titles.join(' ')}`.toLowerCase() }
}

const matches = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.includes(word))

function showMatching<Item>(
  items: readonly Item[],
  look: (item: Item) => { readonly target: HTMLElement; readonly isMatch: boolean },
): number {
  let count = 0
  for (const item of items) {
    const { target, isMatch } = look(item)
    if (target.hidden === isMatch) target.hidden = !isMatch
    if (isMatch) count += 1
  }
  return count
}

function tell(callCount: number, calls: number, ringCount: number, rings: number): void {
  const count = (found: number, of: number, one: string): string =>
    `${found === of ? '' : `${found} of `}${of} ${of === 1 ? one : `${one}s`}`
  const hits = part('_hits', HTMLElement)
  const text = [
    ...(calls > 0 ? [count(callCount, calls, 'call')] : []),
    ...(rings > 0 ? [count(ringCount, rings, 'ring')] : []),
  ]
  if (hits !== undefined) hits.textContent = text.join(' · ')
  const noCalls = part('_nocalls', HTMLElement)
  if (noCalls !== undefined) noCalls.hidden = callCount > 0
  const noRings = part('_norings', HTMLElement)
  if (noRings !== undefined) noRings.hidden = ringCount > 0
}

/** `/` goes to the search; Escape there clears it. */
function startKeys(box: HTMLInputElement, apply: () => void): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event
    const isTyping = target instanceof HTMLInputElement && target.type !== 'radio'
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      box.focus()
      box.select()
    } else if (event.key === 'Escape' && target === box) {
      box.value = ''
      apply()
    }
  })
}

/** Buttons that search for something. */
function startFinds(box: HTMLInputElement, apply: () => void): void {
  for (const button of all<HTMLButtonElement>('button.find')) {
    button.hidden = false
    button.addEventListener('click', () => {
      box.value = button.dataset['find'] ?? ''
      apply()
      document.getElementById('_calls')?.scrollIntoView()
    })
  }
}
