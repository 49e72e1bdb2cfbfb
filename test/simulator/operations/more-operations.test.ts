import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Simulator } from '../../../src/simulator/simulator.js'
import { calls, get, peerCall, post, send, withSimulator } from '../client.js'

const test = suite('simulator/more-operations')
const target = (id: string) => ({ identity: { user: { id } } })
const groupCall = { ...peerCall, targets: [target('a'), target('b')] }

/** A call of v1.0, the same call in beta, and the ids of its participants. */
async function placeGroup(simulator: Simulator) {
  const { json } = await post(simulator, groupCall)
  const path = `${calls}/${json['id']}`
  const beta = path.replace('/v1.0/', '/beta/')
  const { value } = (await get(simulator, `${path}/participants`)).json as { value: { id: string }[] }
  const ask = async (way: string, body: unknown = {}, method = 'POST') =>
    send(simulator, { method, path: way, body })
  return { path, beta, ids: value.map(({ id }) => id), ask }
}

test('a recorder says whether it records, in three words', () =>
  withSimulator({}, async (simulator) => {
    const { path, ask } = await placeGroup(simulator)
    const said = async (status: string) => (await ask(`${path}/updateRecordingStatus`, { status })).status
    assert.equal(
      [await said('recording'), await said('notRecording'), await said('failed'), await said('paused')],
      [200, 200, 200, 400],
    )
  }))

test('an action may be written with its namespace', () =>
  withSimulator({}, async (simulator) => {
    const { path, ids, ask } = await placeGroup(simulator)
    assert.is((await ask(`${path}/microsoft.graph.mute`)).status, 200)
    assert.is((await ask(`${path}/microsoft.graph.sendDtmfTones`, { tones: ['tone1'] })).status, 200)
    assert.is((await ask(`${path}/participants/${ids[1]}/microsoft.graph.mute`)).status, 200)
  }))

test('beta mutes several at once, and knows whom', () =>
  withSimulator({}, async (simulator) => {
    const { path, beta, ids, ask } = await placeGroup(simulator)
    const participants = ids.slice(1)
    assert.is((await ask(`${path}/participants/muteAll`, { participants })).status, 405)
    assert.is((await ask(`${beta}/participants/muteAll`, { participants: ['nobody'] })).status, 404)
    assert.is((await ask(`${beta}/participants/muteAll`, { participants })).status, 200)
    const { value } = (await get(simulator, `${path}/participants`)).json as { value: { isMuted: boolean }[] }
    assert.equal(
      value.map(({ isMuted }) => isMuted),
      [false, true, true],
    )
  }))

test('recordings and transcripts begin and end under qualified names, in beta', () =>
  withSimulator({}, async (simulator) => {
    const { path, beta, ask } = await placeGroup(simulator)
    for (const name of ['StartRecording', 'stopRecording', 'StartTranscription', 'StopTranscription']) {
      assert.is((await ask(`${beta}/microsoft.graph.${name}`)).status, 202, name)
      assert.is((await ask(`${path}/microsoft.graph.${name}`)).status, 404, name)
    }
    assert.is((await ask(`${beta}/microsoft.graph.startTranscription`, { language: 'en-us' })).status, 202)
    assert.is((await ask(`${beta}/microsoft.graph.startTranscription`, { tongue: 'en-us' })).status, 400)
  }))

test('one participant is put on hold, and comes back', () =>
  withSimulator({}, async (simulator) => {
    const { path, ids, ask } = await placeGroup(simulator)
    const prompt = {
      '@odata.type': '#microsoft.graph.mediaPrompt',
      mediaInfo: { uri: 'https://cdn.example.com/music.wav' },
    }
    const at = `${path}/participants/${ids[1]}`
    assert.is((await ask(`${at}/startHoldMusic`, { customPrompt: prompt })).status, 202)
    assert.is((await ask(`${at}/stopHoldMusic`)).status, 202)
    assert.is((await ask(`${path}/participants/nobody/startHoldMusic`)).status, 404)
  }))

test('the lobby is decided on in beta', () =>
  withSimulator({}, async (simulator) => {
    const { beta, ids, ask } = await placeGroup(simulator)
    assert.is((await ask(`${beta}/participants/admitAllFromLobby`)).status, 202)
    assert.is((await ask(`${beta}/participants/${ids[1]}/admitFromLobby`)).status, 202)
    assert.is((await ask(`${beta}/participants/${ids[1]}/removeFromLobby`)).status, 202)
    assert.is((await ask(`${beta}/participants/nobody/admitFromLobby`)).status, 404)
  }))

test('audio routing groups are made, listed, changed and removed', () =>
  withSimulator({}, async (simulator) => {
    const { path, ids, ask } = await placeGroup(simulator)
    const [bot, first, second] = ids
    const at = `${path}/audioRoutingGroups`
    const group = { routingMode: 'oneToOne', sources: [bot], receivers: [first] }
    const made = await ask(at, group)
    assert.is(made.status, 201)
    const one = `${at}/${made.json['id']}`
    assert.is((await ask(at, { ...group, receivers: ['nobody'] })).status, 404)
    assert.is((await ask(at, { ...group, routingMode: 'both' })).status, 400)
    const changed = { routingMode: 'multicast', sources: [bot], receivers: [first, second] }
    assert.is((await ask(one, changed, 'PATCH')).status, 200)
    const { value } = (await get(simulator, at)).json as { value: object[] }
    assert.equal(value, [
      { '@odata.type': '#microsoft.graph.audioRoutingGroup', id: made.json['id'], ...changed },
    ])
    assert.is((await send(simulator, { method: 'DELETE', path: one })).status, 204)
    assert.is((await get(simulator, one)).status, 404)
  }))

test.run()
