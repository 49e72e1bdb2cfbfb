import { decisions, type EnvironmentUse, isGrave } from '../model/language/environment-use.js'
import type { GuardChange } from '../model/review.js'
import type { Places } from './places.js'

/**
 * Where the environment has a say in calls, as far as head differs. Reviewers see one environment’s calls: what another
 * one would choose stands in no payload, so a change of anything behind a choice is told, too.
 */
export function compareEnvironment(
  base: readonly EnvironmentUse[],
  head: readonly EnvironmentUse[],
  places: Places,
): readonly GuardChange[] {
  const known = new Set(base.map((use) => describe(use, use.fingerprint)))
  const before = new Set(base.map((use) => describe(use, '')))
  const told = new Set<string>()
  return head
    .filter(isTold)
    .toSorted((left, right) => Number(isGrave(right.matter)) - Number(isGrave(left.matter)))
    .flatMap((use) => {
      const key = describe(use, use.fingerprint)
      if (known.has(key) || told.has(key)) return []
      told.add(key)
      return [describeGuard(use, places, before.has(describe(use, '')))]
    })
}

/** What is put in as it stands shows in the payload. */
const isTold = ({ matter, isHidden }: EnvironmentUse): boolean => matter !== 'content' || isHidden

const describe = ({ matter, names, pointer, definition }: EnvironmentUse, fingerprint: string): string =>
  JSON.stringify([matter, names, pointer, definition, fingerprint])

function describeGuard(use: EnvironmentUse, places: Places, isChanged: boolean): GuardChange {
  const { matter, names, range, pointer, definition } = use
  const { file, line, column } = places.placeOf(range)
  const what = isGrave(matter) ? `chooses ${decisions[matter]}` : `decides ${pointer}`
  const by = names.map((name) => `env.${name}`).join(' and ')
  return {
    name: 'environment',
    ...(definition !== undefined && { address: definition }),
    ...(isChanged && { before: 'something else' }),
    after: `${what}: ${file}:${line}:${column} by ${by}`,
    isLooser: isGrave(matter),
  }
}
