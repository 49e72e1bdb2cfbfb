import type { CallItem } from './call-list.js'
import { all, part } from './dom.js'

const themes = ['automatic', 'light', 'dark'] as const

/** Kept by nothing: the next time, the system decides again. */
export function startTheme(): void {
  const button = part('_theme', HTMLButtonElement)
  if (button === undefined) return
  let at = 0
  button.hidden = false
  button.addEventListener('click', () => {
    at = (at + 1) % themes.length
    document.documentElement.dataset['theme'] = themes[at]
    button.textContent = `Theme: ${themes[at]}`
  })
}

/** Only what matches is unfolded or folded. */
export function startFolds(calls: readonly CallItem[]): void {
  const setAll = (isOpen: boolean): void => {
    for (const { details } of calls) if (!details.hidden) details.open = isOpen
  }
  part('_expand', HTMLButtonElement)?.addEventListener('click', () => setAll(true))
  part('_fold', HTMLButtonElement)?.addEventListener('click', () => setAll(false))
}

/** With more calls than this, paper has no equal lines far from a change. */
const mostWhole = 100

/** On paper nothing can be unfolded: all that matches is drawn whole, and folded again afterwards. */
export function startPrint(calls: readonly CallItem[]): void {
  let closed: readonly HTMLDetailsElement[] = []
  const open = (): void => {
    if (closed.length > 0) return
    const matching = calls.filter(({ details }) => !details.hidden)
    for (const call of matching) call.draw(matching.length <= mostWhole)
    closed = all<HTMLDetailsElement>('details:not([open])').filter(({ hidden }) => !hidden)
    for (const details of closed) details.open = true
  }
  const close = (): void => {
    for (const details of closed) details.open = false
    closed = []
  }
  addEventListener('beforeprint', open)
  addEventListener('afterprint', close)
  const paper = matchMedia('print')
  paper.addEventListener('change', ({ matches }) => (matches ? open() : close()))
  if (paper.matches) open()
}

/** `#ADDRESS` opens that call, whatever the search hides. */
export function startDeepLinks(showAll: () => void): void {
  const go = (): void => {
    const target = document.getElementById(addressOf(location.hash))
    if (target === null) return
    if (target.hidden) showAll()
    const around = target.parentElement?.closest('details')
    if (around != null) around.open = true
    if (target instanceof HTMLDetailsElement) {
      target.open = true
      target.querySelector('summary')?.focus({ preventScroll: true })
    }
    target.scrollIntoView()
  }
  addEventListener('hashchange', go)
  // The same link again changes no hash.
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="#"]') : null
    if (link !== null && link.getAttribute('href') === location.hash) go()
  })
  go()
}

function addressOf(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1))
  } catch {
    return hash.slice(1)
  }
}

/** Pointing at a box of the picture shows what it is joined to. */
export function startPicture(): void {
  const links = all<SVGElement>('.picture [data-ends]')
  const nodes = all<SVGElement>('.picture [data-node]')
  const show = (name: string | undefined): void => {
    const near = new Set(name === undefined ? [] : [name])
    for (const link of links) {
      const ends = link.dataset['ends']!.split(' ')
      const isOn = name !== undefined && ends.includes(name)
      link.classList.toggle('on', isOn)
      if (isOn) for (const end of ends) near.add(end)
    }
    for (const node of nodes)
      node.classList.toggle('off', name !== undefined && !near.has(node.dataset['node']!))
    for (const picture of all<SVGElement>('.picture')) picture.classList.toggle('pointed', name !== undefined)
  }
  for (const node of nodes) {
    for (const kind of ['pointerenter', 'focusin'])
      node.addEventListener(kind, () => show(node.dataset['node']))
    for (const kind of ['pointerleave', 'focusout']) node.addEventListener(kind, () => show(undefined))
  }
}
