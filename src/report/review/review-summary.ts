import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { RecordChange, Review, ReviewTotals } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { formatRings } from '../plan/callees-text.js'
import { summarizeRecord } from './record-changes.js'

/**
 * What reviewers must know before all else, a sentence each, the gravest first: what the lockfile was made to say, errors,
 * then who would be rung. Holds no text of users'.
 */
export function summarizeReview(review: Review): readonly string[] {
  const { head, rings } = review
  const errors = [
    ...summarizeRecord(review),
    ...(head.errors === 0
      ? []
      : [`${plural(head.errors, 'error')} in the definitions: calls with errors are not compared.`]),
    ...(head.unseen === undefined
      ? []
      : [
          `${plural(head.unseen.length, 'untracked list')} in no commit: whom calls made of it ring is not known.`,
        ]),
  ]
  if (rings === undefined) return [...errors, 'There is no plan, so who would be rung is not known.']
  const blocked = (review.blocks ?? [])
    .filter(({ action }) => action === 'blocked')
    .reduce((sum, { addresses }) => sum + addresses.length, 0)
  return [
    ...errors,
    ...(blocked === 0 ? [] : [`${plural(blocked, 'call')} blocked.`]),
    summarizeNew(review),
    ...summarizeAll(review.totals),
  ]
}

function summarizeNew({ totals, rings = [] }: Review): string {
  const { newCalls, newPeople, newNumbers } = totals
  const isNobody = newPeople + newNumbers === 0
  const who = formatRings({ people: newPeople, numbers: newNumbers })
  if (newCalls === 0 && isNobody) return totals.calls === 0 ? 'Nobody is rung.' : 'Nobody is newly rung.'
  if (newCalls === 0) return `${who} would newly be rung.`
  if (!isNobody) return `${plural(newCalls, 'call')} would newly ring ${who}.`
  const ringsAnybody = rings.some(({ isNew, people, numbers }) => isNew && people.length + numbers.length > 0)
  const rest = ringsAnybody ? 'ringing only whom other calls ring anyway' : 'ringing nobody'
  return `${plural(newCalls, 'call')} would newly be placed, ${rest}.`
}

/** Only where applying would do more than what is new. */
function summarizeAll(totals: ReviewTotals): readonly string[] {
  const { calls, people, numbers, newCalls, newPeople, newNumbers } = totals
  if (calls === newCalls && people === newPeople && numbers === newNumbers) return []
  return [
    `In all, applying would place ${plural(calls, 'call')}, ringing ${formatRings({ people, numbers })}.`,
  ]
}

/** `2 calls added, 1 changed, 195 unchanged.` */
export function summarizeChanges({ totals, unchanged }: Review): string {
  const counts = Object.entries({
    added: totals.added,
    removed: totals.removed,
    changed: totals.changed,
    unchanged,
  }).filter(([, count]) => count > 0)
  if (counts.length === 0) return 'no calls.'
  return `${counts.map(([word, count], at) => (at === 0 ? `${plural(count, 'call')} ${word}` : `${count} ${word}`)).join(', ')}.`
}

const allOf = (review: Review): readonly Review[] => [
  review,
  ...(review.environments ?? []).map((environment) => environment.review),
]

/** New ones, those of environments too. */
export const diagnosticsOf = (review: Review): readonly Diagnostic[] =>
  allOf(review).flatMap(({ diagnostics }) => diagnostics.map(({ diagnostic }) => diagnostic))

/** What lockfiles are made to say, those of environments too. */
export const recordOf = (review: Review): readonly RecordChange[] =>
  allOf(review).flatMap(({ record }) => record)
