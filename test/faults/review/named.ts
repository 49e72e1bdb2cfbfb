// Whether a review names what a pull request changes.

import type { Difference } from './model.js'
import { type EnvironmentName, idOf, whoOfOperator } from './world.js'

/** The document of `diff --json`, as far as it is looked at. */
export interface ReviewDocument {
  readonly rings?: readonly NamedRing[]
  readonly record?: readonly RecordChange[]
  readonly environments?: readonly { readonly name: string; readonly review: ReviewDocument }[]
  readonly planProblem?: string
  readonly [section: string]: unknown
}

interface RecordChange {
  readonly kind: string
  readonly address?: string
  readonly effect?: string
}

interface NamedRing {
  readonly address: string
  readonly isNew: boolean
  readonly people: readonly { readonly id: string; readonly isNew: boolean }[]
}

/** Sections of a review in which a change may stand; rings only where they are new. */
const sections = ['record', 'guards', 'calls', 'blocks', 'planProblem', 'diagnostics']

const textOf = (review: ReviewDocument): string =>
  JSON.stringify([(review.rings ?? []).filter(isNewRing), ...sections.map((name) => review[name])])

const isNewRing = ({ isNew, people }: NamedRing): boolean => isNew || people.some((each) => each.isNew)

/** An environment that says nothing of its own is as the default one. */
function reviewsOf(review: ReviewDocument, environment: EnvironmentName): readonly ReviewDocument[] {
  const own = ownReview(review, environment)
  return own === undefined || own === review ? [review] : [review, own]
}

const textsFor = (review: ReviewDocument, environment: EnvironmentName): string =>
  reviewsOf(review, environment).map(textOf).join('\n')

/** It says that who would be rung is not known there: then an apply must ring nobody. */
export const saysNothingIsKnown = (review: ReviewDocument, environment: EnvironmentName): boolean =>
  ownReview(review, environment)?.planProblem !== undefined

/** Of a lockfile that cannot be read no entry can be named. */
export const saysUnreadable = (review: ReviewDocument, environment: EnvironmentName): boolean =>
  ownReview(review, environment)?.record?.some(({ kind }) => kind === 'unreadable') ?? false

const ownReview = (review: ReviewDocument, environment: EnvironmentName): ReviewDocument | undefined =>
  environment === 'default' ? review : review.environments?.find(({ name }) => name === environment)?.review

export function isNamed(review: ReviewDocument, difference: Difference): boolean {
  const { environment, address, person, kind } = difference
  const text = textsFor(review, environment)
  // Reviewers have no such variable: that it decides is what they must be told.
  if (person === whoOfOperator) return text.includes('WHO')
  if (!text.includes(address)) return false
  return (
    kind === 'stops' || isHeldBack(review, environment, text) || reviewsOf(review, environment).some(isListed)
  )

  /** Among those who would be rung, as somebody new. */
  function isListed({ rings = [], record = [] }: ReviewDocument): boolean {
    return (
      rings.some(
        (ring) =>
          ring.address === address &&
          ring.people.some(({ id, isNew }) => id === idOf(person) && (isNew || ring.isNew)),
      ) || record.some((each) => each.address === address && each.effect === 'rings')
    )
  }
}

/** Where there is no plan, or where nothing at all is placed, persons are not listed one by one. */
const isHeldBack = (review: ReviewDocument, environment: EnvironmentName, text: string): boolean =>
  saysNothingIsKnown(review, environment) || text.includes('"blocked"')
