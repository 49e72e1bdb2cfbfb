// Asks a simulator for everything that it serves, and keeps each answer and notification.
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator/simulator.js'
import { meetingCall, peerCall, type Received, send } from '../client.js'
import { type Notification, withReceiver } from '../receiver.js'

export interface Answer extends Received {
  readonly method: string
  /** After the collection, ids left out: `/{}/operations/{}`. */
  readonly path: string
  /** The type that the answer should have; undefined for a body of none. */
  readonly type?: string | undefined
}

export interface Driven {
  readonly answers: readonly Answer[]
  readonly notifications: readonly Notification[]
}

interface Asker {
  readonly simulator: Simulator
  readonly callbackUri: string
  readonly next: () => Promise<Notification>
  readonly ask: (method: string, path: string, type?: string, body?: object) => Promise<Answer>
  /** Waits for so many notifications. */
  readonly hear: (count: number) => Promise<void>
}

const target = (id: string) => ({ identity: { user: { id } } })
const groupCall = { ...peerCall, targets: [target('user-a'), target('user-b')] }
const chat = { threadId: '19:meeting_a@thread.v2', messageId: '0' }
const prompt = {
  '@odata.type': '#microsoft.graph.mediaPrompt',
  mediaInfo: { '@odata.type': '#microsoft.graph.mediaInfo', uri: 'https://cdn.example.com/a.wav' },
}
const context = { clientContext: 'context-1' }

/** Everything in `collection`, a path such as `/v1.0/communications/calls`. */
export async function drive(collection: string): Promise<Driven> {
  const isBeta = collection.startsWith('/beta')
  const parts = [
    await inSimulator(collection, { operation: 5 }, (asker) => driveAll(asker, isBeta)),
    await inSimulator(collection, { operation: 60_000 }, driveCanceled),
    await inSimulator(collection, { terminated: 30 }, driveTimeout),
  ]
  return {
    answers: parts.flatMap(({ answers }) => answers),
    notifications: parts.flatMap(({ notifications }) => notifications),
  }
}

async function inSimulator(
  collection: string,
  timeline: object,
  work: (asker: Asker) => Promise<void>,
): Promise<Driven> {
  const answers: Answer[] = []
  const notifications: Notification[] = []
  const options: SimulatorOptions = {
    timeline: { ringing: 2, established: 5, terminated: 600_000, ...timeline },
  }
  await withReceiver(202, async (callbackUri, next) => {
    const simulator = await startSimulator(options)
    const ask: Asker['ask'] = async (method, path, type, body) => {
      const received = await send(simulator, {
        method,
        path: collection + path,
        ...(body && { body }),
      })
      const answer = { ...received, method, path: withoutIds(path), type }
      answers.push(answer)
      return answer
    }
    const hear = async (count: number) => {
      for (let heard = 0; heard < count; heard += 1) notifications.push(await next())
    }
    try {
      await work({ simulator, callbackUri, next, ask, hear })
    } finally {
      await simulator.close()
    }
  })
  return { answers, notifications }
}

const withoutIds = (path: string): string => path.replace(/\/(?=[\w-]*-)[\w-]+/g, '/{}')

const place = async ({ ask, callbackUri }: Asker, body: object): Promise<string> =>
  `/${(await ask('POST', '', 'call', { ...body, callbackUri })).json['id']}`

async function driveAll(asker: Asker, isBeta: boolean): Promise<void> {
  await drivePeer(asker)
  await driveGroup(asker)
  if (isBeta) await driveBeta(asker)
  await driveTransfers(asker)
  await driveMeeting(asker)
  await driveRefused(asker)
}

/** Two parties, and media; at last an invitation, and the hang-up. */
async function drivePeer(asker: Asker): Promise<void> {
  const { ask, hear } = asker
  const call = await place(asker, peerCall)
  await ask('GET', call, 'call')
  await hear(2)
  await ask('GET', call, 'call')
  await ask('POST', `${call}/keepAlive`)
  const { json } = await ask('POST', `${call}/playPrompt`, 'playPromptOperation', {
    prompts: [prompt],
    ...context,
  })
  await ask('GET', `${call}/operations/${json['id']}`, 'playPromptOperation')
  await hear(1)
  await ask('GET', `${call}/operations/${json['id']}`, 'playPromptOperation')
  await ask('POST', `${call}/recordResponse`, 'recordOperation', context)
  await hear(1)
  await ask('POST', `${call}/subscribeToTone`, 'subscribeToToneOperation', context)
  await hear(1)
  await ask('POST', `${call}/sendDtmfTones`, 'sendDtmfTonesOperation', { tones: ['tone1'], ...context })
  await hear(1)
  const participants = [target('user-c')]
  await ask('POST', `${call}/participants/invite`, 'inviteParticipantsOperation', { participants })
  await hear(2)
  await ask('DELETE', call)
  await hear(1)
}

async function driveGroup({ ask, ...asker }: Asker): Promise<void> {
  const call = await place({ ask, ...asker }, groupCall)
  await asker.hear(2)
  const { json } = await ask('GET', `${call}/participants`, 'participant')
  const [bot, first] = (json['value'] as { id: string }[]).map(({ id }) => id)
  const one = `${call}/participants/${first}`
  await ask('GET', one, 'participant')
  await ask('POST', `${call}/mute`, 'muteParticipantOperation', context)
  await ask('POST', `${call}/unmute`, 'unmuteParticipantOperation', context)
  await ask('POST', `${one}/mute`, 'muteParticipantOperation', context)
  await asker.hear(1)
  const status = { status: 'recording', ...context }
  await ask('POST', `${call}/updateRecordingStatus`, 'updateRecordingStatusOperation', status)
  await ask('POST', `${one}/startHoldMusic`, 'startHoldMusicOperation', { customPrompt: prompt, ...context })
  await ask('POST', `${one}/stopHoldMusic`, 'stopHoldMusicOperation', context)
  const routing = { routingMode: 'oneToOne', sources: [bot], receivers: [first] }
  const groups = `${call}/audioRoutingGroups`
  const group = await ask('POST', groups, 'audioRoutingGroup', routing)
  await ask('GET', groups, 'audioRoutingGroup')
  await ask('GET', `${groups}/${group.json['id']}`, 'audioRoutingGroup')
  await ask('PATCH', `${groups}/${group.json['id']}`, 'audioRoutingGroup', {
    ...routing,
    routingMode: 'multicast',
  })
  await ask('DELETE', `${groups}/${group.json['id']}`)
  await ask('DELETE', one)
  await asker.hear(1)
}

async function driveBeta({ ask, ...asker }: Asker): Promise<void> {
  const call = await place({ ask, ...asker }, groupCall)
  await asker.hear(2)
  const { json } = await ask('GET', `${call}/participants`, 'participant')
  const ids = (json['value'] as { id: string }[]).map(({ id }) => id).slice(1)
  await ask('POST', `${call}/participants/muteAll`, 'muteParticipantsOperation', { participants: ids })
  await asker.hear(1)
  for (const name of ['startRecording', 'stopRecording', 'startTranscription', 'stopTranscription'])
    await ask('POST', `${call}/microsoft.graph.${name}`)
  await ask('POST', `${call}/participants/admitAllFromLobby`, 'admitAllFromLobbyOperation')
  const one = `${call}/participants/${ids[0]}`
  await ask('POST', `${one}/admitFromLobby`, 'admitFromLobbyOperation')
  await ask('POST', `${one}/removeFromLobby`, 'removeFromLobbyOperation')
}

/** To somebody, to a call that is there, to one that is not; and somebody out of a group. */
async function driveTransfers(asker: Asker): Promise<void> {
  const other = await place(asker, peerCall)
  await asker.hear(2)
  for (const replacesCallId of [undefined, other.slice(1), 'nowhere']) {
    const call = await place(asker, peerCall)
    await asker.hear(2)
    const transferTarget = { ...target('user-c'), ...(replacesCallId && { replacesCallId }) }
    await asker.ask('POST', `${call}/transfer`, undefined, { transferTarget })
    await asker.hear(replacesCallId === 'nowhere' ? 2 : 3)
  }
  const group = await place(asker, groupCall)
  await asker.hear(2)
  const body = { transferTarget: target('user-c'), transferee: target('user-a') }
  await asker.ask('POST', `${group}/transfer`, undefined, body)
  await asker.hear(1)
}

async function driveMeeting(asker: Asker): Promise<void> {
  const byOrganizer = {
    ...meetingCall,
    chatInfo: chat,
    meetingInfo: {
      '@odata.type': '#microsoft.graph.organizerMeetingInfo',
      organizer: target('user-o').identity,
    },
  }
  for (const body of [meetingCall, byOrganizer]) {
    const call = await place(asker, body)
    await asker.hear(3)
    await asker.ask('GET', call, 'call')
  }
}

async function driveRefused(asker: Asker): Promise<void> {
  const { ask } = asker
  const call = await place(asker, peerCall)
  await asker.hear(2)
  const missing = '/00000000-0000-4000-8000-000000000000'
  await ask('POST', '', 'error', { callbackUri: 'https://bot.example.com/callback', unknown: true })
  await ask('POST', '', 'error', {})
  await ask('PUT', call, 'error', {})
  await ask('GET', missing, 'error')
  await ask('GET', `${call}/operations${missing}`, 'error')
  await ask('GET', `${call}/participants${missing}`, 'error')
  await ask('GET', `${call}/audioRoutingGroups${missing}`, 'error')
  await ask('GET', `${call}/nothing`, 'error')
  await ask('POST', `${call}/mute`, 'error', {})
  await ask('POST', `${call}/playPrompt`, 'error', { prompts: 'none' })
}

/** What plays and records is stopped before it ends. */
async function driveCanceled(asker: Asker): Promise<void> {
  const { ask, hear } = asker
  const call = await place(asker, peerCall)
  await hear(2)
  await ask('POST', `${call}/playPrompt`, 'playPromptOperation', { prompts: [prompt] })
  await ask('POST', `${call}/recordResponse`, 'recordOperation', {})
  await ask('POST', `${call}/cancelMediaProcessing`, 'cancelMediaProcessingOperation', context)
  await hear(2)
}

async function driveTimeout(asker: Asker): Promise<void> {
  await place(asker, peerCall)
  await asker.hear(3)
}
