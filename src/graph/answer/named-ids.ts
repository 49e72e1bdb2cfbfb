import { readCallId } from './call-body.js'

/** Where an answer may name a call besides the place where the id of a new call belongs. */
export interface Named {
  /** Headers that hold addresses. */
  readonly links: readonly string[]
  /** The body, where it is JSON. */
  readonly json: unknown
  /** The body, and whatever came besides it, as text. */
  readonly text: string
}

export interface NamedIds {
  /** Of calls or of what may be one, the likeliest first. */
  readonly ids: readonly string[]
  /** Whether something stands where an id does, and has no id's form. */
  readonly isOneUnreadable: boolean
}

const mostIds = 8
const deepest = 12

/** Every id in an answer that may be a call's; `isSent` tells those that it merely repeats. */
export function findNamedIds({ links, json, text }: Named, isSent: (id: string) => boolean): NamedIds {
  const found = { ids: new Set<string>(), isOneUnreadable: false }
  const take = (value: string): void => {
    const id = readCallId(value.trim())
    if (id === undefined) found.isOneUnreadable ||= value.trim() !== '' && !isSent(value)
    else if (!isSent(id)) found.ids.add(id)
  }
  for (const link of links) takeLinks(link, take)
  takeJson(json, take, 0)
  takeText(text, take)
  return { ids: [...found.ids].slice(0, mostIds), isOneUnreadable: found.isOneUnreadable }
}

type Take = (value: string) => void

/** `…/calls/ID`, `…/calls('ID')`. */
function takeLinks(text: string, take: Take): void {
  for (const match of text.matchAll(
    /(?:\b|%2f)calls(?:\/|%2f)([^\s/?#"'<>\\,;)}\]%&]+)|\bcalls\(['"]([^'"\s]+)['"]\)/gi,
  )) {
    const id = match[1] ?? match[2] ?? ''
    // The names of routes that begin there.
    if (!/^(?:log[A-Z]\w*|getP\w*|record\w*|\$\w+|microsoft\..*)$/i.test(id)) take(id)
  }
}

const idNames: ReadonlySet<string> = new Set(['id', 'callid', 'odataid'])
const isIdName = (name: string): boolean => idNames.has(name.toLowerCase().replace(/[^a-z]/g, ''))

function takeJson(value: unknown, take: Take, depth: number): void {
  if (depth > deepest) return
  if (typeof value === 'string') takeWords(value, take, depth)
  if (typeof value !== 'object' || value === null) return
  for (const [name, each] of Object.entries(value)) {
    const ids = Array.isArray(value) || !isIdName(name) ? [] : listIds(each)
    if (ids.length === 0) takeJson(each, take, depth + 1)
    for (const id of ids) take(id)
  }
}

/** What stands under the name of an id, in whatever form: nobody else's number stands there. */
const listIds = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
    typeof each === 'number' || (typeof each === 'string' && !/[/(]/.test(each)) ? String(each) : [],
  )

/** A text of JSON: it may hold a link, or JSON of its own. */
function takeWords(text: string, take: Take, depth: number): void {
  if (text.length < 5) return
  const inner = /^\s*[[{"]/.test(text) ? parse(text) : undefined
  if (inner === undefined) takeText(text, take)
  else takeJson(inner, take, depth + 1)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Every id that stands by this name at the top of an object: of two under one name, parsing keeps the last alone. The
 * text is JSON.
 */
export function listOwnIds(text: string): readonly string[] {
  if ((text.match(/"(?:i|\\u0069)(?:d|\\u0064)"\s*:/gi)?.length ?? 0) < 2) return []
  const ids: string[] = []
  let depth = 0
  for (const [token, name, value] of text.matchAll(
    /[{}[\]]|("(?:[^"\\]|\\.)*")(?:\s*:\s*("(?:[^"\\]|\\.)*"))?/g,
  )) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth === 1 && name !== undefined && value !== undefined && parse(name) === 'id') {
      ids.push(readCallId(parse(value)) ?? '')
    }
  }
  return ids.filter((id) => id !== '').slice(0, mostIds)
}

/** What is no whole JSON: cut bodies, pages, XML, sentences. */
function takeText(raw: string, take: Take): void {
  const text = raw.replace(/\\+(["/])/g, '$1').replace(/&quot;|&#34;|&#x22;/gi, '"')
  for (const form of textForms) for (const match of text.matchAll(form)) take(match[1] ?? '')
  takeLinks(text, take)
}

const textForms = [
  /["'](?:call[-_ ]?)?id["']\s*:\s*["']([^"'\s/(]+)["']/gi,
  /<(?:\w+:)?(?:call[-_]?)?id>\s*([^<\s]+)\s*</gi,
  /\bcall[-_ ]?id\b["'\s]*[:=]["'\s]*([^\s"'<>,;)}\]]+)/gi,
] as const
