import { type PatternPlace, PatternProblem, type PatternTree } from './pattern-tree.js'

/** A pattern as steps, of which any number may be at work at once. The last one is `match`. */
export type PatternStep =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean }
  | { readonly kind: 'place'; readonly place: PatternPlace }
  /** Goes on at each of these. */
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  | { readonly kind: 'match' }

/** A repetition is written out: `(\d{3}){4}` is twelve steps. */
const maximumSteps = 4000

/** Throws PatternProblem where it would be too long. */
export function createProgram(tree: PatternTree): readonly PatternStep[] {
  const steps: PatternStep[] = []
  write(tree, steps, new Map())
  steps.push({ kind: 'match' })
  return steps
}

type Matchers = Map<string, (character: string) => boolean>

function write(tree: PatternTree, steps: PatternStep[], matchers: Matchers): void {
  if (steps.length > maximumSteps) throw tooLong()
  if (tree.kind === 'sequence') for (const part of tree.parts) write(part, steps, matchers)
  else if (tree.kind === 'choice') writeChoice(tree.branches, steps, matchers)
  else if (tree.kind === 'repeat') writeRepeat(tree, steps, matchers)
  else if (tree.kind === 'place') steps.push({ kind: 'place', place: tree.place })
  else steps.push({ kind: 'character', matches: matcherOf(tree.source, matchers) })
}

const tooLong = (): PatternProblem =>
  new PatternProblem(`This pattern is too long: written out, it has more than ${maximumSteps} parts.`)

function writeChoice(branches: readonly PatternTree[], steps: PatternStep[], matchers: Matchers): void {
  const starts: number[] = []
  const exits: number[] = []
  const fork = reserve(steps)
  for (const branch of branches) {
    starts.push(steps.length)
    write(branch, steps, matchers)
    exits.push(reserve(steps))
  }
  steps[fork] = { kind: 'fork', to: starts }
  for (const exit of exits) steps[exit] = { kind: 'fork', to: [steps.length] }
}

function writeRepeat(
  { body, least, most }: PatternTree & { readonly kind: 'repeat' },
  steps: PatternStep[],
  matchers: Matchers,
): void {
  if (least > maximumSteps || (most > maximumSteps && most !== Number.POSITIVE_INFINITY)) throw tooLong()
  for (let count = 0; count < least; count += 1) write(body, steps, matchers)
  if (most === Number.POSITIVE_INFINITY) {
    const fork = reserve(steps)
    write(body, steps, matchers)
    steps.push({ kind: 'fork', to: [fork] })
    steps[fork] = { kind: 'fork', to: [fork + 1, steps.length] }
    return
  }
  const forks: number[] = []
  for (let count = least; count < most; count += 1) {
    forks.push(reserve(steps))
    write(body, steps, matchers)
  }
  for (const fork of forks) steps[fork] = { kind: 'fork', to: [fork + 1, steps.length] }
}

/** A place for a step that is known only when what follows is written. */
const reserve = (steps: PatternStep[]): number => steps.push({ kind: 'match' }) - 1

/** What a class, an escape or a dot means is JavaScript's own business: it is asked about one character at a time. */
function matcherOf(source: string, matchers: Matchers): (character: string) => boolean {
  const known = matchers.get(source)
  if (known !== undefined) return known
  const isItself = [...source].length === 1 && source !== '.'
  const form = isItself ? undefined : new RegExp(`^${source}$`, 'u')
  const matches =
    form === undefined
      ? (character: string) => character === source
      : (character: string) => form.test(character)
  matchers.set(source, matches)
  return matches
}
