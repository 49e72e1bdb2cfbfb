import { type Finding, isGiven, knownText, type LintRule, objectAt, type Subject } from './lint-rule.js'

/** Who calls, whom one target names, and in which tenant. */
export const sourceRules: readonly LintRule[] = [
  { code: 'lint/pstn-source', isLater: true, find: findSource },
  { code: 'lint/user-source', isLater: true, find: findUserSource },
  { code: 'lint/two-identities', find: findTwo },
  { code: 'lint/phone-in-group', isLater: true, find: findPhoneInGroup },
  { code: 'lint/missing-tenant', isLater: true, find: findTenant },
  { code: 'lint/foreign-tenant', isLater: true, find: findForeign },
]

/** The caller of a number is an application instance with a number of its own (docs/graph-facts.md#phone-calls). */
function findSource({ call, numbers }: Subject): readonly Finding[] {
  const instance = objectAt(call, 'source', 'identity', 'applicationInstance')
  if (numbers.length === 0 || isGiven(instance?.['id'])) return []
  const found = [
    ['/source/identity/applicationInstance', instance],
    ['/source/identity', objectAt(call, 'source', 'identity')],
    ['/source', objectAt(call, 'source')],
  ] as const
  return [
    {
      pointer: found.find(([, value]) => value !== undefined)?.[0] ?? '',
      message: 'A call to a phone number needs an application instance as its source.',
      hint: 'Set `source.identity.applicationInstance.id`: the object id of a resource account with a number.',
    },
  ]
}

/** Seen to be refused with 7507 (docs/graph-facts.md#errors). Guests of 2018 were users. */
function findUserSource({ call }: Subject): readonly Finding[] {
  const identity = objectAt(call, 'source', 'identity')
  if (identity === undefined || objectAt(identity, 'user') === undefined) return []
  return [
    {
      pointer: '/source/identity/user',
      message: 'A call comes from an application, not from a user: Graph answers with 7507.',
      hint: 'Leave `source` out, or name the `application`, `applicationInstance` or `guest` that calls.',
      isAboutName: true,
    },
  ]
}

/** Nothing says which of them would be rung, and a review shows one (docs/graph-facts.md#not-established). */
export function findTwo({ targets }: Subject): readonly Finding[] {
  const findings: Finding[] = []
  for (const [index, target] of targets.entries()) {
    const identity = objectAt(target, 'identity')
    if (identity === undefined) continue
    const given = callable.filter((slot) => isGiven(objectAt(identity, slot)?.['id']))
    if (given.length < 2) continue
    findings.push({
      pointer: `/targets/${index}/identity/${given[1]}`,
      message: `One target names \`${given.join('` and `')}\`: which of them is rung, nothing says.`,
      hint: 'A target is one of them. To ring both, make two calls.',
      isAboutName: true,
    })
  }
  return findings
}

const callable = ['user', 'phone', 'application', 'applicationInstance', 'guest', 'device'] as const

/**
 * A new group call rings people by VoIP; a number is rung alone, and invited into a call that is there
 * (docs/graph-facts.md#phone-calls).
 */
function findPhoneInGroup({ targets, numbers, meetingInfo, chatInfo }: Subject): readonly Finding[] {
  if (numbers.length === 0 || targets.length < 2) return []
  if (meetingInfo !== undefined || chatInfo !== undefined) return []
  const others = numbers.length === targets.length ? 'several of them' : 'beside people'
  return [
    {
      pointer: '/targets',
      message: `A phone number is rung in a call of its own: Graph documents no new group call with ${others}.`,
      hint: 'Make one call for each number, or join a meeting and invite the numbers with `callctl call invite`.',
    },
  ]
}

/**
 * Every example of a phone call sends `tenantId` (docs/graph-facts.md#phone-calls); a new group call without it was
 * answered with 7505 (docs/graph-facts.md#kinds-of-calls). Meetings have a rule of their own.
 */
function findTenant({ call, targets, numbers, meetingInfo }: Subject): readonly Finding[] {
  if (meetingInfo !== undefined || isGiven(call['tenantId'])) return []
  const hint = 'Set `tenantId` in callctl.yaml, for all calls.'
  if (numbers.length > 0) {
    const message = 'A call to a phone number needs `tenantId`: the tenant of its application instance.'
    return [{ pointer: '', message, hint }]
  }
  if (targets.length < 2) return []
  return [
    { pointer: '', message: 'A group call needs `tenantId`: without it Graph answers 403 with 7505.', hint },
  ]
}

/** Somebody of another tenant was answered with 7505 (docs/graph-facts.md#kinds-of-calls). */
function findForeign({ call, targets }: Subject): readonly Finding[] {
  const own = knownText(call['tenantId'])?.toLowerCase()
  if (own === undefined || own === '') return []
  const findings: Finding[] = []
  for (const [index, target] of targets.entries()) {
    const identity = objectAt(target, 'identity')
    for (const slot of callable) {
      const theirs = knownText(objectAt(identity, slot)?.['tenantId'])
      if (theirs === undefined || theirs === '' || theirs.toLowerCase() === own) continue
      findings.push({
        pointer: `/targets/${index}/identity/${slot}/tenantId`,
        message: 'This is another tenant than that of the call.',
        hint: 'Graph places a call in one tenant: that of its token and of `tenantId`.',
      })
    }
  }
  return findings
}
