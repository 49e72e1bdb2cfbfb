import { keyOfNumber, keyOfPerson } from '../../model/callee-key.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import { pointerToken } from '../../model/pointer.js'
import { type Finding, isGiven, isVisible, type LintRule, objectAt, type Subject } from './lint-rule.js'

export const targetRules: readonly LintRule[] = [
  { code: 'payload/empty-callee', find: findEmpty },
  { code: 'lint/nobody', find: findNobody },
  { code: 'lint/duplicate-target', find: findDuplicates },
  { code: 'lint/group-size', isLater: true, find: findTooMany },
  { code: 'lint/peer-to-peer-only', isLater: true, find: findPeerToPeerOnly },
]

/** A row of commas would count as somebody, and be placed. */
export function findEmpty({ targets }: Subject): readonly Finding[] {
  return targets.flatMap((target, index): readonly Finding[] => {
    const identity = objectAt(target, 'identity')
    const slots = Object.entries(identity ?? {}).filter(([, each]) => isJsonObject(each))
    const pointer = `/targets/${index}${identity === undefined ? '' : '/identity'}`
    if (slots.length === 0) return [{ pointer, message: 'This target has no identity: it is nobody.' }]
    return slots
      .filter(([, each]) => !isSomebody((each as JsonObject)['id']))
      .map(([slot, each]) => ({
        pointer: `${pointer}/${pointerToken(slot)}${Object.hasOwn(each as JsonObject, 'id') ? '/id' : ''}`,
        message: 'This target has no id: it is nobody.',
        hint: 'Is a row of the list empty? `where` beside `forEach` leaves rows out.',
      }))
  })
}

/** What is left of an id when characters that are not seen are taken away. */
const isSomebody = (id: JsonValue | undefined): boolean => typeof id === 'string' && isVisible(id)

/** Neither targets nor a meeting; nor a list of targets that comes to nothing, such as `$each` over an empty one. */
function findNobody({ targets, meetingInfo, chatInfo, call }: Subject): readonly Finding[] {
  if (targets.length > 0 || meetingInfo !== undefined || chatInfo !== undefined) return []
  if (!Array.isArray(call['targets'])) {
    const hint =
      'Give it `targets`, or the `meetingInfo` of a meeting. `$if` around the whole call leaves it out.'
    return [{ pointer: '', message: 'This call has no targets and joins no meeting: it rings nobody.', hint }]
  }
  const hint =
    'Is the list behind it empty? `where` beside `forEach` leaves calls out, and so does `$if` around one.'
  return [
    { pointer: '/targets', message: '`targets` is empty, and no meeting is joined: it rings nobody.', hint },
  ]
}

/**
 * Nothing says what Graph does with two equal targets (docs/graph-facts.md#not-established); ringing somebody twice
 * is never meant.
 */
export function findDuplicates({ targets }: Subject): readonly Finding[] {
  if (targets.length < 2) return []
  const seen = new Map<string, number>()
  const findings: Finding[] = []
  for (const [index, target] of targets.entries()) {
    const key = keyOf(target)
    const first = key === undefined ? undefined : seen.get(key)
    if (first !== undefined) {
      const message = `This target is the same as \`targets[${first}]\`, and would be rung twice.`
      findings.push({ pointer: `/targets/${index}`, message, hint: 'Remove one of them.' })
    } else if (key !== undefined) seen.set(key, index)
  }
  return findings
}

function keyOf(target: JsonValue): string | undefined {
  const identity = objectAt(target, 'identity')
  for (const slot in identity) {
    const each = identity[slot]
    if (!isJsonObject(each) || typeof each['id'] !== 'string') continue
    const id = each['id']
    const plain = slot === 'phone' ? keyOfNumber(id) : keyOfPerson(id)
    return plain === '' ? undefined : `${slot} ${plain}`
  }
  return undefined
}

const maximumGroup = 5

/** A group call is created with up to 5 VoIP users (docs/graph-facts.md#kinds-of-calls). */
function findTooMany({ targets, numbers }: Subject): readonly Finding[] {
  const people = targets.length - numbers.length
  if (people <= maximumGroup) return []
  const message = `Graph creates a group call with up to ${maximumGroup} people; this one has ${people}.`
  const hint =
    'Let them join a meeting: a group call that was placed without one has no chat, and takes no invitations.'
  return [{ pointer: '/targets', message, hint }]
}

/** Both are for outgoing peer-to-peer calls (docs/graph-facts.md#kinds-of-calls). */
function findPeerToPeerOnly({ call, targets, meetingInfo }: Subject): readonly Finding[] {
  if (targets.length < 2 && meetingInfo === undefined) return []
  const names = ['ringingTimeoutInSeconds', 'routingPolicies'].filter((name) => isGiven(call[name]))
  return names.map((name) => ({
    pointer: `/${name}`,
    message: 'Graph knows this property for calls to one target only.',
    isAboutName: true,
  }))
}
