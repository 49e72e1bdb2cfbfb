import {
  type Finding,
  isGiven,
  knownText,
  type LintRule,
  objectAt,
  type Subject,
  tagOf,
} from './lint-rule.js'

export const meetingRules: readonly LintRule[] = [
  { code: 'lint/meeting-chat', isLater: true, find: findChat },
  { code: 'lint/meeting-tenant', isLater: true, find: findTenant },
  { code: 'lint/mixed-kinds', isLater: true, find: findMixed },
]

/** organizerMeetingInfo goes with chatInfo; a token and a meeting's id stand alone (docs/graph-facts.md#meetings). */
function findChat({ meetingInfo, chatInfo, targets }: Subject): readonly Finding[] {
  const tag = tagOf(meetingInfo)
  if (tag === 'organizerMeetingInfo') return findThread(chatInfo)
  if (chatInfo === undefined) return []
  if (meetingInfo !== undefined) {
    const message = 'A meeting that is joined by a token or by its id takes no `chatInfo`.'
    return [{ pointer: '/chatInfo', message, hint: 'Leave it out.', isAboutName: true }]
  }
  if (targets.length > 0) return []
  const hint = 'Set `meetingInfo` to an organizerMeetingInfo.'
  return [{ pointer: '/chatInfo', message: '`chatInfo` alone joins no meeting.', hint }]
}

function findThread(chatInfo: Subject['chatInfo']): readonly Finding[] {
  const absent = ['threadId', 'messageId'].find((name) => !isGiven(chatInfo?.[name]))
  if (absent === undefined) return []
  const message = `A meeting that is joined by its organizer needs \`chatInfo.${absent}\` too.`
  const hint = 'Both are in its join link: use the helpers `chatInfo` and `meetingInfo`.'
  return [{ pointer: chatInfo === undefined ? '/meetingInfo' : '/chatInfo', message, hint }]
}

/**
 * Without `tenantId` Graph answers 403 (7505), and it is the organizer's (docs/graph-facts.md#meetings). All of
 * Microsoft's examples send it but those that join a channel's meeting in beta, which name the tenant with the
 * organizer alone; a channel's meeting is one whose `chatInfo.messageId` is a root message, not 0.
 */
function findTenant(subject: Subject): readonly Finding[] {
  const { call, meetingInfo } = subject
  if (meetingInfo === undefined) return []
  const organizers = objectAt(meetingInfo, 'organizer', 'user')?.['tenantId']
  if (!isGiven(call['tenantId'])) {
    if (isChannelOfBeta(subject) && isGiven(organizers)) return []
    const message = 'A call that joins a meeting needs `tenantId`: the tenant of its organizer.'
    return [{ pointer: '', message, hint: 'Set it beside `meetingInfo`, not in it.' }]
  }
  const [own, theirs] = [knownText(call['tenantId']), knownText(organizers)]
  if (own === undefined || theirs === undefined || own.toLowerCase() === theirs.toLowerCase()) return []
  const message = '`tenantId` is not the tenant of the meeting’s organizer: Graph refuses that.'
  return [{ pointer: '/tenantId', message }]
}

function isChannelOfBeta({ target, chatInfo }: Subject): boolean {
  const messageId = chatInfo?.['messageId']
  return target.version === 'beta' && isGiven(messageId) && messageId !== '0'
}

/**
 * One target is peer-to-peer, a meeting's coordinates make a group call; several targets go with them
 * (docs/graph-facts.md#kinds-of-calls).
 */
function findMixed({ meetingInfo, chatInfo, targets }: Subject): readonly Finding[] {
  if (targets.length !== 1 || (meetingInfo === undefined && chatInfo === undefined)) return []
  const name = meetingInfo === undefined ? 'chatInfo' : 'meetingInfo'
  const message = `\`targets\` with one person is a peer-to-peer call, and \`${name}\` joins a meeting: this is neither.`
  const hint = 'Leave one of them out; people are invited to a meeting once the call is established.'
  return [{ pointer: `/${name}`, message, hint, isAboutName: true }]
}
