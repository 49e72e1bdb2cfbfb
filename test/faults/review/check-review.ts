// Whether a review says, in the form that is asked for, whom a pull request rings or no longer rings.

import type { Dice } from '../dice.js'
import { callctl } from '../in-process.js'
import { lockfileEdits } from './edits.js'
import type { Difference } from './model.js'
import { isNamed, type ReviewDocument, saysNothingIsKnown, saysUnreadable } from './named.js'
import { type EnvironmentName, environments, idOf, whoOfOperator } from './world.js'

interface Expected {
  /** Head has an error: nobody is rung by it, and its calls are not compared. */
  readonly isBroken: boolean
  readonly differences: readonly Difference[]
  readonly titles: readonly string[]
}

export interface Checked {
  readonly violations: readonly string[]
  /** Where nobody may be rung, since the review says that nobody knows whom. */
  readonly unknown: readonly EnvironmentName[]
}

/** Formats that say who would be rung; the others say so of edits of a lockfile alone. */
const ringFormats = ['text', 'markdown', 'html']
const recordFormats = ['github', 'sarif']

export async function checkReview(
  folder: string,
  branch: string,
  expected: Expected,
  dice: Dice,
): Promise<Checked> {
  const diff = (...words: readonly string[]) => callctl(folder, ['diff', 'main', branch, ...words])
  const { code, stdout, stderr } = await diff('--json', '--detailed-exitcode')
  if (![0, 2, 4, 7].includes(code))
    return { violations: [`diff ended with ${code}: ${stderr.slice(0, 200)}`], unknown: [] }
  const review = JSON.parse(stdout) as ReviewDocument
  const isRecordAlone = expected.titles.every((title) => Object.hasOwn(lockfileEdits, title))
  const format = dice.pick([...ringFormats, ...(isRecordAlone ? recordFormats : [])])
  const { stdout: text } = await diff('--format', format)
  const unknown = environments.filter((name) => saysNothingIsKnown(review, name))
  if (expected.isBroken) {
    const isSaid = [4, 7].includes(code) && unknown.length > 0 && text.includes('people.csv')
    return {
      violations: isSaid ? [] : [`${format}, with exit code ${code}, does not say the error`],
      unknown,
    }
  }
  const differences = expected.differences.filter(({ environment }) => !saysUnreadable(review, environment))
  if (unknown.length > 0 && code !== 7)
    return { violations: [`the exit code is ${code} where who is rung is not known`], unknown }
  const unnamed = differences.filter((difference) => !isNamed(review, difference))
  const violations = unnamed.map(
    ({ environment, address, person, kind }) =>
      `${environment}: ${address} ${kind} ${idOf(person)}, which its review does not say`,
  )
  if (differences.some(({ kind }) => kind === 'rings') && code === 0 && hasNewRing(review))
    violations.push('the exit code says that nobody new is rung')
  if (differences.length > 0 && isRecordAlone && code === 0)
    violations.push('the exit code says that the lockfile changes nothing')
  const shown = text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
  const missing = differences.filter(
    ({ address, person }) => !shown.includes(address) && !(person === whoOfOperator && text.includes('WHO')),
  )
  return {
    violations: [...violations, ...missing.map(({ address }) => `${format} does not say ${address}`)],
    unknown,
  }
}

const hasNewRing = ({ rings = [], environments: others = [] }: ReviewDocument): boolean =>
  rings.some(({ isNew }) => isNew) || others.some(({ review }) => hasNewRing(review))
