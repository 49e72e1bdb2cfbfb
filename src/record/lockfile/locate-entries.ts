import { type JsonText, JsonTextError, parseJsonText } from '../../model/language/json-text.js'

/** Lines and columns are counted from 1. */
export interface LockfilePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** To find places, a text is read character by character: beyond this its first line must do. */
const longestSearched = 8 * 1024 * 1024

/** Finds where a lockfile's text tells of an address, be it as a call or as forgotten; or else where its calls begin. */
export function createLocator(
  file: string,
  text: string | undefined,
): (address?: string) => LockfilePlace | undefined {
  let lines: readonly number[] | undefined
  let found: JsonText | undefined | 'none'
  return (address) => {
    if (text === undefined) return undefined
    found ??= (text.length > longestSearched ? undefined : parse(text)) ?? 'none'
    if (found === 'none') return { file, line: 1, column: 1 }
    lines ??= findLines(text)
    const offset = findOffset(found, address)
    const line = countUpTo(lines, offset)
    return { file, line, column: offset - lines[line - 1]! + 1 }
  }
}

function parse(text: string): JsonText | undefined {
  try {
    return parseJsonText(text)
  } catch (error) {
    if (error instanceof JsonTextError) return undefined
    throw error
  }
}

function findOffset({ value, placeOf }: JsonText, address: string | undefined): number {
  if (typeof value !== 'object' || value === null) return 0
  const root = value as Readonly<Record<string, unknown>>
  for (const list of address === undefined ? [] : ['calls', 'forgotten']) {
    const holder = root[list]
    const offset = typeof holder === 'object' && holder !== null ? placeOf(holder, address!) : undefined
    if (offset !== undefined) return offset
  }
  return placeOf(root, address === undefined ? 'lineage' : 'calls') ?? 0
}

/** Where each line begins. */
function findLines(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** How many lines begin at the offset or before. */
function countUpTo(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= offset) low = middle + 1
    else high = middle
  }
  return low
}
