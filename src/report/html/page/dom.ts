// The script of the HTML report: draws payloads as they are opened, searches, filters, folds. Runs in a browser and
// has no network, clock or store. Text only ever becomes text; the page's policy forbids anything else.

export type Child = Node | string

/** An element with a class (none when empty) and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/** People's own text, on its own. */
export const isolated = (text: string): HTMLElement => element('bdi', '', text)

/** An element of the page itself, which is there. */
export function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind | undefined {
  const found = document.getElementById(id)
  return found instanceof kind ? found : undefined
}

export const all = <Kind extends Element>(selector: string): readonly Kind[] => [
  ...document.querySelectorAll<Kind>(selector),
]
