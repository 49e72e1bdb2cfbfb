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
  { name: 'dtmf', method: 'POST', path: '/sendDtmfTones', effect: 'acts', body: 'tones' },
  { name: 'invite', method: 'POST', path: '/participants/invite', effect: 'rings', body: 'invite' },
  { name: 'transfer', method: 'POST', path: '/transfer', effect: 'rings', body: 'transfer' },
]

const byName: ReadonlyMap<string, OperationKind> = new Map(kinds.map((kind) => [kind.name, kind]))

export const operationNames: readonly OperationName[] = kinds.map(({ name }) => name)

export const findOperation = (name: string): OperationKind | undefined => byName.get(name)
