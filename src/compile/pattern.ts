/** Text that a pattern is tried on is at most this long, so that the patterns allowed here end quickly. */
export const maximumPatternText = 512
const maximumRepetitions = 3
const maximumWays = 32
const maximumWaysWhenFull = 8

/**
 * Why a pattern of a workspace is refused; undefined when it is safe to run. Patterns come from strangers' pull
 * requests, and JavaScript's matcher can take years over some: those that repeat a group with a repetition or a choice
 * inside, look around, or refer back.
 */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u')
  } catch {
    return 'This is no regular expression.'
  }
  if (/\\[1-9k]/.test(pattern.replaceAll('\\\\', ''))) return 'References back are not allowed.'
  const plain = simplify(pattern)
  if (/\(\?(?!:)/.test(plain)) return 'Look-around and names are not allowed.'
  if (repeatsVariation(plain)) return 'A repeated group may hold no repetition and no choice.'
  const repetitions = countRepetitions(plain)
  if (repetitions > maximumRepetitions)
    return 'At most 3 repetitions are allowed, and 2 in a pattern that does not begin with `^`.'
  const limit = repetitions < maximumRepetitions ? maximumWays : maximumWaysWhenFull
  return countWays(plain) > limit ? 'This pattern has too many choices.' : undefined
}

/** Every escape and class as one letter, and no lazy quantifier: they change nothing about the cost. */
const simplify = (pattern: string): string =>
  pattern
    .replace(/\\(?:[pPu]\{[^}]*\}|u[0-9a-fA-F]{4}|.)/gsu, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replace(/[^ -~]/gu, 'x')
    .replace(/([*+?}])\?/g, '$1')

/** Whether a group that is repeated holds, at any depth, a repetition, an option or a choice. */
function repeatsVariation(plain: string): boolean {
  const varies = [false]
  for (const [at, character] of [...plain].entries()) {
    const isOption = character === '?' && plain[at - 1] !== '('
    if (character === '(') varies.push(false)
    else if (character === ')') {
      const inner = varies.pop() === true
      if (inner && /^[*+{]/.test(plain.slice(at + 1))) return true
      if (inner) varies[varies.length - 1] = true
    } else if (isOption || '*+|'.includes(character) || /^\{\d+,/.test(plain.slice(at, at + 8))) {
      varies[varies.length - 1] = true
    }
  }
  return false
}

/** A pattern without `^` is tried from every character on, which costs as much as one repetition more. */
function countRepetitions(plain: string): number {
  let top = plain
  while (/\([^()]*\)/.test(top)) top = top.replace(/\([^()]*\)/g, 'x')
  const isAnchored = top.startsWith('^') && !top.includes('|')
  const own = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0
  return isAnchored ? own : own + 1
}

/** An upper bound of the ways through a pattern, its repetitions aside: each option is two, each choice its branches. */
function countWays(plain: string): number {
  const branches = [1]
  let ways = 1
  for (const [at, character] of [...plain].entries()) {
    if (character === '(') branches.push(1)
    else if (character === ')') ways *= branches.pop()!
    else if (character === '|') branches[branches.length - 1]! += 1
    else if (character === '?' && plain[at - 1] !== '(') ways *= 2
  }
  return ways * branches[0]!
}
