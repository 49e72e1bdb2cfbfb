import type { OperationKind, OperationName } from '../model/operation.js'

/** Every operation on a live call (docs/graph-facts.md#operations). */
const kinds: readonly OperationKind[] = [
  { name: 'get', method: 'GET', path: '', effect: 'reads' },
  { name: 'keep-alive', method: 'POST', path: '/keepAlive', effect: 'repeats' },
  { name: 'participants', method: 'GET', path: '/participants', effect: 'reads' },
  { name: 'participant', method: 'GET', path: '/participants/{id}', effect: 'reads' },
  { name: 'operation', method: 'GET', path: '/operations/{id}', effect: 'reads' },
  { name: 'mute', method: 'POST', path: '/mute', effect: 'repeats', body: 'context', onlyOn: 'group' },
  { name: 'unmute', method: 'POST', path: '/unmute', effect: 'repeats', body: 'context', onlyOn: 'group' },
  {
    name: 'mute-participant',
    method: 'POST',
    path: '/participants/{id}/mute',
    effect: 'repeats',
    body: 'context',
    onlyOn: 'group',
  },
  { name: 'remove-participant', method: 'DELETE', path: '/participants/{id}', effect: 'repeats' },
  {
    name: 'cancel-media',
    method: 'POST',
    path: '/cancelMediaProcessing',
    effect: 'repeats',
    body: 'context',
    onlyOn: 'service-hosted',
  },
  {
    name: 'subscribe-to-tone',
    method: 'POST',
    path: '/subscribeToTone',
    effect: 'repeats',
    body: 'context',
    onlyOn: 'service-hosted',
  },
  {
    name: 'play',
    method: 'POST',
    path: '/playPrompt',
    effect: 'acts',
    body: 'play',
    onlyOn: 'service-hosted',
  },
  {
    name: 'record',
    method: 'POST',
    path: '/recordResponse',
    effect: 'acts',
    body: 'record',
    onlyOn: 'service-hosted',
  },
  { name: 'dtmf', method: 'POST', path: '/sendDtmfTones', effect: 'acts', body: 'tones', isGlobal: true },
  {
    name: 'update-recording-status',
    method: 'POST',
    path: '/updateRecordingStatus',
    effect: 'repeats',
    body: 'recordingStatus',
  },
  {
    name: 'mute-all',
    method: 'POST',
    path: '/participants/muteAll',
    effect: 'repeats',
    body: 'muteAll',
    onlyOn: 'group',
    onlyIn: 'beta',
  },
  // Those in the call are told when a recording or transcript begins and ends.
  { name: 'start-recording', ...announced('StartRecording') },
  { name: 'stop-recording', ...announced('StopRecording') },
  { name: 'start-transcription', ...announced('StartTranscription'), body: 'transcription' },
  { name: 'stop-transcription', ...announced('StopTranscription') },
  {
    name: 'hold',
    method: 'POST',
    path: '/participants/{id}/startHoldMusic',
    effect: 'acts',
    body: 'hold',
  },
  {
    name: 'unhold',
    method: 'POST',
    path: '/participants/{id}/stopHoldMusic',
    effect: 'repeats',
    body: 'context',
  },
  { name: 'admit', ...ofLobby('/participants/{id}/admitFromLobby') },
  { name: 'admit-all', ...ofLobby('/participants/admitAllFromLobby') },
  { name: 'remove-from-lobby', ...ofLobby('/participants/{id}/removeFromLobby') },
  { name: 'routing-groups', method: 'GET', path: '/audioRoutingGroups', effect: 'reads', isGlobal: true },
  {
    name: 'whisper',
    method: 'POST',
    path: '/audioRoutingGroups',
    effect: 'acts',
    body: 'routing',
    onlyOn: 'group',
    isGlobal: true,
  },
  {
    name: 'update-whisper',
    method: 'PATCH',
    path: '/audioRoutingGroups/{id}',
    effect: 'repeats',
    body: 'routing',
    isGlobal: true,
  },
  {
    name: 'end-whisper',
    method: 'DELETE',
    path: '/audioRoutingGroups/{id}',
    effect: 'repeats',
    isGlobal: true,
  },
  { name: 'invite', method: 'POST', path: '/participants/invite', effect: 'rings', body: 'invite' },
  { name: 'transfer', method: 'POST', path: '/transfer', effect: 'rings', body: 'transfer' },
]

/** Graph has these under their qualified names alone. */
function announced(name: string) {
  return {
    method: 'POST',
    path: `/microsoft.graph.${name}`,
    effect: 'acts',
    body: 'context',
    onlyIn: 'beta',
  } as const
}

function ofLobby(path: string) {
  return {
    method: 'POST',
    path,
    effect: 'repeats',
    body: 'context',
    onlyOn: 'group',
    onlyIn: 'beta',
  } as const
}

const byName: ReadonlyMap<string, OperationKind> = new Map(kinds.map((kind) => [kind.name, kind]))

export const operationNames: readonly OperationName[] = kinds.map(({ name }) => name)

export const findOperation = (name: string): OperationKind | undefined => byName.get(name)
