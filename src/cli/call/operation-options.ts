// What a person types for an operation on a live call, and how what came of it is shown.

import { UsageError } from '../../model/errors.js'
import type { JsonObject } from '../../model/json.js'
import type { BodyName, OperationKind } from '../../model/operation.js'
import type { Arguments } from '../frame/arguments.js'

// The simple cases of a body, by options. Everything else is written in a file, for `--body`.

const common = ['client-context', 'body']
const optionsOf: Readonly<Record<BodyName, readonly string[]>> = {
  context: common,
  invite: [...common, 'user', 'number', 'replaces', 'once', 'yes'],
  transfer: ['body', 'user', 'number', 'replaces', 'transferee', 'once', 'yes'],
  play: [...common, 'prompt', 'resource-id'],
  record: [...common, 'prompt', 'resource-id'],
  tones: [...common, 'tones'],
  recordingStatus: [...common, 'status'],
  muteAll: [...common, 'participant'],
  transcription: [...common, 'language'],
  hold: [...common, 'prompt', 'resource-id'],
  routing: ['body', 'mode', 'source', 'receiver'],
}

/** Every option that some operation has, and not all. */
export const ownOptions: readonly string[] = [
  ...new Set(Object.values(optionsOf).flat()),
  'rang',
  'not-rang',
  'reason',
]

const options = [
  'user',
  'number',
  'replaces',
  'transferee',
  'prompt',
  'resource-id',
  'tones',
  'status',
  'participant',
  'language',
  'mode',
  'source',
  'receiver',
  'client-context',
]

/** An option that an operation does not have would be overlooked in silence. Throws UsageError. */
export function refuseStrayOptions(
  args: Arguments,
  kind: Pick<OperationKind, 'body'> & { readonly name: string },
): void {
  const allowed = kind.body === undefined ? [] : optionsOf[kind.body]
  const stray = ownOptions.find((name) => args.has(name) && !allowed.includes(name))
  if (stray !== undefined) throw new UsageError(`\`call ${kind.name}\` has no \`--${stray}\`.`)
  if (!args.has('body')) return
  const both = options.find((name) => args.has(name))
  if (both !== undefined) throw new UsageError(`\`--body\` is the whole body: leave out \`--${both}\`.`)
}

/** The body that options ask for. Throws UsageError. */
export function bodyFromOptions(name: BodyName, args: Arguments): JsonObject {
  const context = args.text('client-context')
  return { ...bodies[name](args), ...(context !== undefined && { clientContext: context }) }
}

const bodies: Readonly<Record<BodyName, (args: Arguments) => JsonObject>> = {
  context: () => ({}),
  invite: (args) => ({ participants: readParties(args) }),
  transfer: readTransfer,
  play: (args) => {
    if (!args.has('prompt')) throw new UsageError('Say what to play: `--prompt URL`, or `--body FILE`.')
    return { prompts: readPrompts(args) }
  },
  record: (args) => (args.has('prompt') ? { prompts: readPrompts(args) } : {}),
  tones: (args) => ({ tones: readTones(args.text('tones')) }),
  recordingStatus: (args) => {
    const status = args.text('status')
    if (status === undefined)
      throw new UsageError('Say which: `--status recording`, `notRecording` or `failed`.')
    return { status }
  },
  muteAll: (args) => ({ participants: requireIds(args, 'participant', 'whom to mute') }),
  transcription: (args) => {
    const language = args.text('language')
    return language === undefined ? {} : { language }
  },
  hold: (args) => {
    const [customPrompt, ...more] = readPrompts(args)
    if (more.length > 0) throw new UsageError('`hold` plays one prompt.')
    return customPrompt === undefined ? {} : { customPrompt }
  },
  routing: readRouting,
}

function readParties(args: Arguments): readonly JsonObject[] {
  const replaced = args.text('replaces')
  const parties = [
    ...args.texts('user').map((text) => createParty('user', text)),
    ...args.texts('number').map((text) => createParty('phone', text)),
  ]
  if (parties.length === 0) {
    throw new UsageError('Say whom to ring: `--user ID`, `--number +1…`, or `--body FILE`.')
  }
  return parties.map((party) => ({ ...party, ...(replaced !== undefined && { replacesCallId: replaced }) }))
}

function readTransfer(args: Arguments): JsonObject {
  const [target, ...more] = readParties(args)
  if (more.length > 0) throw new UsageError('A call is transferred to one user or number.')
  const transferee = args.text('transferee')
  return {
    transferTarget: target!,
    ...(transferee !== undefined && {
      transferee: {
        '@odata.type': '#microsoft.graph.participantInfo',
        identity: createIdentity('user', transferee),
      },
    }),
  }
}

const createParty = (slot: 'user' | 'phone', text: string): JsonObject => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: createIdentity(slot, text),
})

/** `ID`, or `ID=NAME`. */
function createIdentity(slot: 'user' | 'phone', text: string): JsonObject {
  const at = text.indexOf('=')
  const id = (at < 0 ? text : text.slice(0, at)).trim()
  const name = at < 0 ? '' : text.slice(at + 1).trim()
  if (id === '') throw new UsageError(`\`--${slot === 'user' ? 'user' : 'number'}\` names nobody.`)
  return {
    '@odata.type': '#microsoft.graph.identitySet',
    [slot]: { '@odata.type': '#microsoft.graph.identity', id, ...(name !== '' && { displayName: name }) },
  }
}

function requireIds(args: Arguments, option: string, what: string): readonly string[] {
  const ids = args.texts(option)
  if (ids.length > 0) return ids
  throw new UsageError(
    `Say ${what}: \`--${option} ID\`, or \`--body FILE\`.`,
    '`callctl call participants` lists the ids.',
  )
}

/** One source and one receiver are a whisper; to more it goes as multicast. */
function readRouting(args: Arguments): JsonObject {
  const sources = requireIds(args, 'source', 'who is heard')
  const receivers = requireIds(args, 'receiver', 'who hears them')
  const isSingle = sources.length === 1 && receivers.length === 1
  return { routingMode: args.text('mode') ?? (isSingle ? 'oneToOne' : 'multicast'), sources, receivers }
}

function readPrompts(args: Arguments): readonly JsonObject[] {
  const ids = args.texts('resource-id')
  const urls = args.texts('prompt')
  if (ids.length > urls.length) throw new UsageError('There are more `--resource-id` than `--prompt`.')
  return urls.map((uri, index) => ({
    '@odata.type': '#microsoft.graph.mediaPrompt',
    mediaInfo: {
      '@odata.type': '#microsoft.graph.mediaInfo',
      uri,
      ...(ids[index] !== undefined && { resourceId: ids[index] }),
    },
  }))
}

function readTones(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') throw new UsageError('Say which keys to press: `--tones 12#`.')
  return [...text].map((key) => {
    if (/^\d$/.test(key)) return `tone${key}`
    if (/^[a-d]$/i.test(key)) return key.toLowerCase()
    if (key === '*' || key === '#') return key === '*' ? 'star' : 'pound'
    throw new UsageError(`\`${key}\` is no key of a telephone.`, 'Keys are 0 to 9, `*`, `#` and A to D.')
  })
}
