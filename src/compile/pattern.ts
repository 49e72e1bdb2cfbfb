/** Text that a pattern is tried on is at most this long, so that the patterns allowed here end quickly. */
export const maximumPatternText = 512
const maximumRepetitions = 3

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
  const plain = pattern.replace(/\\./gsu, 'x').replace(/\[[^\]]*\]/g, 'x')
  if (/\\[1-9k]/.test(pattern) || /\(\?(?!:)/.test(plain))
    return 'Look-around, names and references back are not allowed.'
  if (/\([^()]*[*+{|][^()]*\)[*+{]/.test(plain) || /\)\s*\)[*+{]/.test(plain)) {
    return 'A repeated group may hold no repetition and no choice.'
  }
  const repetitions = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0
  return repetitions > maximumRepetitions
    ? `At most ${maximumRepetitions} repetitions are allowed.`
    : undefined
}
