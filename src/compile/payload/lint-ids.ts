import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import { personalForm } from '../../model/personal-form.js'
import { pointerToken } from '../../model/pointer.js'
import { formOfId, formOfThread, type NoId } from './id-form.js'
import {
  type Finding,
  isVisible,
  knownText,
  type LintRule,
  objectAt,
  type Subject,
  tagOf,
} from './lint-rule.js'

/** Whom and what Graph looks up by id (docs/graph-facts.md#ids). */
export const idRules: readonly LintRule[] = [
  { code: 'lint/user-id', find: findPersonal },
  { code: 'lint/id-form', find: findForms },
]

/** An address or a number of somebody rings nobody, or whoever has it as id. */
function findPersonal(subject: Subject): readonly Finding[] {
  const findings: Finding[] = []
  visitIdentities(subject, (slot, identity, pointer) => {
    const id = slot === 'user' ? knownText(identity['id']) : undefined
    const form = id === undefined ? undefined : personalForm(id)
    if (form === undefined) return
    findings.push({ pointer: `${pointer()}/id`, ...personal[form] })
  })
  return findings
}

const personal = {
  address: {
    message: 'This is an e-mail address or a sign-in name, and Graph’s calls know people by their object id.',
    hint: 'The object id is a UUID, in the list of users of Microsoft Entra and in its export (`id`).',
  },
  number: {
    message: 'This is a number, and Graph’s calls know people by their object id.',
    hint: 'A phone number is rung as `phone`; the object id of a person is a UUID, from Microsoft Entra.',
  },
} as const

function findForms(subject: Subject): readonly Finding[] {
  const findings: Finding[] = []
  const add = (pointer: string, words: Omit<Finding, 'pointer'> | undefined): void => {
    if (words !== undefined) findings.push({ pointer, ...words })
  }
  visitIdentities(subject, (slot, identity, pointer) => {
    const id = objectSlots.has(slot) ? givenText(identity['id']) : undefined
    const words = id === undefined ? undefined : wordsOfObject(id, slot)
    if (words !== undefined) add(`${pointer()}/id`, words)
    const tenant = wordsOfTenant(identity['tenantId'])
    if (tenant !== undefined) add(`${pointer()}/tenantId`, tenant)
  })
  add('/tenantId', wordsOfTenant(subject.call['tenantId']))
  const { chatInfo, meetingInfo } = subject
  if (chatInfo !== undefined)
    for (const name of ['threadId', 'messageId', 'replyChainMessageId'])
      add(`/chatInfo/${name}`, wordsOfThread(chatInfo[name]))
  if (tagOf(meetingInfo) === 'joinMeetingIdMeetingInfo')
    add('/meetingInfo/joinMeetingId', wordsOfMeeting(meetingInfo?.['joinMeetingId']))
  return findings
}

/** Nothing at all is another rule's (lint-targets.ts). */
const givenText = (value: JsonValue | undefined): string | undefined => {
  const text = knownText(value)
  return text === undefined || !isVisible(text) ? undefined : text
}

type Words = Omit<Finding, 'pointer'> | undefined

/** Other kinds of identities have ids of other forms. */
const objectSlots: ReadonlySet<string> = new Set(['user', 'application', 'applicationInstance'])

const wordsOfForm: Readonly<Record<NoId, Omit<Finding, 'pointer'>>> = {
  placeholder: {
    message: 'This stands in for an id: nothing was put in its place.',
    hint: 'An expression is written `{{…}}`, a variable of the environment `{{env.NAME}}`.',
  },
  encoded: {
    message: 'This id is percent-encoded, as in a link, and Graph compares it as it stands.',
    hint: 'Decode it, or take it from the link: `{{chatInfo url}}`, `{{meetingInfo url}}`.',
  },
  link: {
    message: 'This is a link, and an id belongs here.',
    hint: 'What a join link holds is read by `{{chatInfo url}}`, `{{meetingInfo url}}` and `{{parseJoinUrl url}}`.',
  },
  foreign: {
    message: 'This has characters that no such id has.',
    hint: 'An id of Microsoft Entra is a UUID.',
  },
  other: {
    message: 'No id of Microsoft Entra looks like this.',
    hint: 'It is a UUID, such as 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501: is it complete, and is it the object id?',
  },
}

function wordsOfObject(id: string, slot: string): Words {
  const form = personalForm(id)
  if (form !== undefined) {
    if (slot === 'user') return undefined
    return {
      message: `This is ${form === 'number' ? 'a number' : 'an address'}, and an id belongs here.`,
      hint: 'It is a UUID, from Microsoft Entra.',
    }
  }
  const found = formOfId(id)
  return found && wordsOfForm[found]
}

/** A domain is a tenant's name for signing in alone; `common` is no tenant at all (docs/graph-facts.md#meetings). */
function wordsOfTenant(value: JsonValue | undefined): Words {
  const id = givenText(value)
  if (id === undefined) return undefined
  if (/^(?:common|organizations|consumers)$/i.test(id)) {
    return { message: 'This is no tenant, but any of them.', hint: 'A call is of one tenant: give its id.' }
  }
  if (/^(?:[a-z\d-]+\.)+[a-z]{2,}$/i.test(id)) {
    return {
      message: 'This is a domain: it will do for signing in, and a call needs the tenant’s id.',
      hint: 'It is the UUID on the overview of Microsoft Entra, “Tenant ID”.',
    }
  }
  if (personalForm(id) !== undefined)
    return {
      message: 'This is somebody’s address or number, and no tenant.',
      hint: 'A tenant’s id is a UUID.',
    }
  const found = formOfId(id)
  return found && wordsOfForm[found]
}

function wordsOfThread(value: JsonValue | undefined): Words {
  const id = givenText(value)
  if (id === undefined) return undefined
  if (personalForm(id) === 'address')
    return { message: 'This is an e-mail address, and no chat.', hint: 'A chat looks like `19:…@thread.v2`.' }
  const found = formOfThread(id)
  return found && wordsOfForm[found]
}

/** onlineMeeting has it as digits alone (docs/graph-facts.md#ids). */
function wordsOfMeeting(value: JsonValue | undefined): Words {
  const id = givenText(value)
  if (id === undefined || /^\d+$/.test(id)) return undefined
  if (/^[\d\s-]+$/.test(id)) {
    const hint = 'Invitations part it by spaces: take them out, as `{{replace id " " ""}}` does.'
    return { message: 'The id of a meeting has digits alone.', hint }
  }
  const found = formOfMeeting(id)
  return found === 'foreign'
    ? {
        message: 'The id of a meeting has digits alone.',
        hint: 'It stands below the link in the invitation.',
      }
    : wordsOfForm[found]
}

const formOfMeeting = (id: string): NoId => formOfId(id) ?? 'foreign'

type Visit = (slot: string, identity: JsonObject, pointer: () => string) => void

/** Everybody and everything that a call names by id. */
function visitIdentities({ call, targets, meetingInfo }: Subject, visit: Visit): void {
  for (const [index, target] of targets.entries())
    visitSet(objectAt(target, 'identity'), () => `/targets/${index}/identity`, visit)
  visitSet(objectAt(call, 'source', 'identity'), () => '/source/identity', visit)
  if (meetingInfo !== undefined)
    visitSet(objectAt(meetingInfo, 'organizer'), () => '/meetingInfo/organizer', visit)
}

function visitSet(set: JsonObject | undefined, pointer: () => string, visit: Visit): void {
  for (const slot in set) {
    const identity = set[slot]
    if (isJsonObject(identity)) visit(slot, identity, () => `${pointer()}/${pointerToken(slot)}`)
  }
}
