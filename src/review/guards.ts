import { type DiagnosticCode, diagnosticCodes } from '../model/diagnostics/diagnostic-codes.js'
import type { JsonValue } from '../model/json.js'
import type { Limits, Settings } from '../model/language/settings.js'
import type { GuardChange } from '../model/review.js'
import type { Pair } from './match-calls.js'
import type { Revision } from './revision.js'

type Side = Pick<Revision, 'settings' | 'diagnostics' | 'untracked'>

/**
 * Settings, and leaves of single calls, that decide what may ring or pass unseen, as far as they differ. Of a
 * callctl.yaml that could not be read nothing is told: all of it would seem to be gone.
 */
export function compareGuards(base: Side, head: Side, pairs: readonly Pair[]): readonly GuardChange[] {
  const settings = isRead(base) && isRead(head) ? compareSettings(base.settings, head.settings) : []
  return [...settings, ...compareUntracked(base, head), ...pairs.flatMap(compareLeave)]
}

const isRead = ({ diagnostics }: Side): boolean =>
  !diagnostics.some(
    ({ code, severity, range }) =>
      severity === 'error' && range?.source === 'callctl.yaml' && /^(?:yaml|file|key)\//.test(code),
  )

const compareSettings = (base: Settings, head: Settings): readonly GuardChange[] => [
  ...compareLimits(base.limits, head.limits),
  ...compareSeverities(base, head),
  ...compareTargets(base, head),
  ...compareNames(base, head),
  // Without it each machine would know its own calls alone.
  ...compare('record.kind', base.record, head.record, () => head.record === undefined),
]

/** A limit has a number, or a list of what is allowed; one that is gone allows all. */
function compareLimits(base: Limits, head: Limits): readonly GuardChange[] {
  const before = base as unknown as Readonly<Record<string, JsonValue | undefined>>
  const after = head as unknown as Readonly<Record<string, JsonValue | undefined>>
  return namesOf(before, after).flatMap((name) =>
    // How many calls are in flight changes the pace, and not who is rung.
    compare(`limits.${name}`, before[name], after[name], () =>
      name === 'concurrency' ? false : allowsMore(before[name], after[name]),
    ),
  )
}

function allowsMore(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  if (before === undefined) return false
  if (typeof before === 'number' && typeof after === 'number') return after > before
  if (Array.isArray(before) && Array.isArray(after)) return after.some((each) => !before.includes(each))
  return true
}

function compareSeverities(base: Settings, head: Settings): readonly GuardChange[] {
  const codes = [...new Set([...base.severities.keys(), ...head.severities.keys()])].sort()
  return codes.flatMap((code) => {
    const before = base.severities.get(code)
    const after = head.severities.get(code)
    const usual = diagnosticCodes[code as DiagnosticCode]?.[0] ?? 'error'
    const isLooser = () => ranks[after ?? usual] < ranks[before ?? usual]
    return compare(`lints.${code}`, before && words[before], after && words[after], isLooser)
  })
}

const ranks = { off: 0, warning: 1, error: 2 } as const
const words = { off: 'off', warning: 'warn', error: 'error' } as const

function compareTargets(base: Settings, head: Settings): readonly GuardChange[] {
  const applicationId = ({ target }: Settings) => target.applicationId?.value
  return [
    ...compare('graph.cloud', base.cloud, head.cloud),
    ...compare('graph.version', base.target.version, head.target.version),
    ...compare('graph.collection', base.target.collection, head.target.collection),
    ...compare('graph.applicationId', applicationId(base), applicationId(head)),
    ...compare(
      'graph.resourceSpecificConsent',
      base.hasMeetingConsent,
      head.hasMeetingConsent,
      () => head.hasMeetingConsent === true,
    ),
    ...compare('tenantId', base.tenantId?.value, head.tenantId?.value),
  ]
}

/** What expressions may read of the environment: each name added, and secrets that are none any more. */
function compareNames(base: Settings, head: Settings): readonly GuardChange[] {
  const names = [...new Set([...base.environment.keys(), ...head.environment.keys()])].sort()
  return names.flatMap((name) => {
    const before = base.environment.get(name)?.isSecret
    const after = head.environment.get(name)?.isSecret
    if (before !== undefined && after !== undefined)
      return compare(`env.${name}.secret`, before, after, () => before)
    return compare(`env.${name}`, describeUse(before), describeUse(after), () => before === undefined)
  })
}

const describeUse = (isSecret: boolean | undefined): string | undefined =>
  isSecret === undefined ? undefined : isSecret ? 'read as a secret' : 'read'

/** A list that git may ignore is read as it lies on the disk of whoever applies: no reviewer sees it. */
function compareUntracked({ untracked: base }: Side, { untracked: head }: Side): readonly GuardChange[] {
  const keys = [...new Set([...(base?.keys() ?? []), ...(head?.keys() ?? [])])].sort()
  return keys.flatMap((key) => {
    const name = `data.${key.slice(key.indexOf('#') + 1)}.untracked`
    return compare(name, base?.get(key), head?.get(key), () => head?.has(key) === true)
  })
}

function compareLeave({ address, before, after }: Pair): readonly GuardChange[] {
  if (after === undefined) return []
  const leaves = [
    ...compare('onChange', before?.onChange, after.onChange, () => after.onChange === 'redial'),
    // Without it, a call that has not been applied under its new name yet would be placed anew.
    ...compare('movedFrom', before?.movedFrom, after.movedFrom, () => after.movedFrom === undefined),
  ]
  return leaves.map((leave) => ({ ...leave, address }))
}

function compare(
  name: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  isLooser: () => boolean = () => false,
): readonly GuardChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  return [
    {
      name,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      isLooser: isLooser(),
    },
  ]
}

const namesOf = (before: object, after: object): readonly string[] => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
]
