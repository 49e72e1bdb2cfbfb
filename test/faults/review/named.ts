// Whether a review names what a pull request changes.

import type { Difference } from './model.js'
import { type EnvironmentName, idOf, whoOfOperator } from './world.js'

/** The document of `diff --json`, as far as it is looked at. */
export interface ReviewDocument {
  readonly rings?: readonly { readonly isNew: boolean }[]
  readonly environments?: readonly { readonly name: string; readonly review: ReviewDocument }[]
  readonly planProblem?: string
  readonly [section: string]: unknown
}

/** Sections of a review in which a change may stand; rings only where they are new. */
const sections = ['record', 'guards', 'calls', 'blocks', 'planProblem', 'diagnostics']

const textOf = (review: ReviewDocument): string =>
  JSON.stringify([(review.rings ?? []).filter(({ isNew }) => isNew), ...sections.map((name) => review[name])])

/** An environment that says nothing of its own is as the default one. */
function textsFor(review: ReviewDocument, environment: EnvironmentName): string {
  const own = review.environments?.find(({ name }) => name === environment)?.review
  return [review, own].map((each) => (each === undefined ? '' : textOf(each))).join('\n')
}

export function isNamed(review: ReviewDocument, difference: Difference): boolean {
  const { environment, address, person, kind } = difference
  const text = textsFor(review, environment)
  // Reviewers have no such variable: that it decides is what they must be told.
  if (person === whoOfOperator) return text.includes('WHO')
  return (
    text.includes(address) && (kind === 'stops' || text.includes(idOf(person)) || isBlocked(review, text))
  )
}

/** Where there is no plan, or where nothing at all is placed, persons are not listed one by one. */
const isBlocked = (review: ReviewDocument, text: string): boolean =>
  review.planProblem !== undefined || text.includes('"blocked"')
