// Microsoft's public client as a second opinion on the simulator: what it sends is taken, and what it sees has the
// documented shape.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GraphError } from '@microsoft/microsoft-graph-client'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { meetingCall, peerCall } from '../simulator/client.js'
import { withClient } from './graph-client.js'

const test = suite('Microsoft’s client on the simulator')
const calls = '/communications/calls'

interface Entity {
  readonly id: string
  readonly [name: string]: unknown
}

const user = (id: string) => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    user: { '@odata.type': '#microsoft.graph.identity', id },
  },
})

const failure = async (asked: Promise<unknown>): Promise<GraphError> => {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.instance(error, GraphError)
  return error as GraphError
}

for (const version of ['v1.0', 'beta'] as const) {
  test(`${version}: creates, gets and deletes a call`, () =>
    withClient({ version }, async (client) => {
      const created = (await client.api(calls).post(peerCall)) as Entity
      assert.is(created['@odata.type'], '#microsoft.graph.call')
      assert.is(created['state'], 'establishing')
      assert.is(created['direction'], 'outgoing')
      const seen = (await client.api(`${calls}/${created.id}`).get()) as Entity
      assert.is(seen.id, created.id)
      assert.equal(seen['targets'], created['targets'])
      assert.is(await client.api(`${calls}/${created.id}`).delete(), undefined)
      assert.is((await failure(client.api(`${calls}/${created.id}`).get())).statusCode, 404)
    }))

  test(`${version}: keeps a call alive, and learns that it is over`, () =>
    withClient({ version }, async (client) => {
      const { id } = (await client.api(calls).post(peerCall)) as Entity
      await client.api(`${calls}/${id}/keepAlive`).post(undefined)
      await client.api(`${calls}/${id}`).delete()
      const error = await failure(client.api(`${calls}/${id}/keepAlive`).post(undefined))
      assert.equal([error.statusCode, error.code, error.message], [404, '8522', 'Call not found.'])
    }))

  test(`${version}: invites, and finds the operation and the participants`, () =>
    withClient({ version }, async (client) => {
      const { id } = (await client.api(calls).post(meetingCall)) as Entity
      const body = { participants: [user('a'), user('b')], clientContext: 'context' }
      const operation = (await client.api(`${calls}/${id}/participants/invite`).post(body)) as Entity
      assert.is(operation['@odata.type'], '#microsoft.graph.inviteParticipantsOperation')
      assert.is(operation['clientContext'], 'context')
      assert.match(String(operation['status']), /^(notStarted|running|completed)$/)
      const again = (await client.api(`${calls}/${id}/operations/${operation.id}`).get()) as Entity
      assert.is(again.id, operation.id)
      const { value } = (await client.api(`${calls}/${id}/participants`).get()) as { value: Entity[] }
      assert.is(value.length, 3)
      const last = (await client.api(`${calls}/${id}/participants/${value[2]?.id}`).get()) as Entity
      assert.equal(last['info'], value[2]?.['info'])
    }))
}

/** Nothing of it comes about while the test looks. */
const slowly = { ringing: 1e9, established: 1e9, terminated: 1e9, operation: 1e9 }

test('plays, mutes, transfers', () =>
  withClient({ timeline: slowly }, async (client) => {
    const { id } = (await client.api(calls).post(meetingCall)) as Entity
    const { id: peer } = (await client.api(calls).post(peerCall)) as Entity
    const prompt = {
      '@odata.type': '#microsoft.graph.mediaPrompt',
      mediaInfo: { '@odata.type': '#microsoft.graph.mediaInfo', uri: 'https://cdn.example.com/beep.wav' },
    }
    const played = (await client.api(`${calls}/${peer}/playPrompt`).post({ prompts: [prompt] })) as Entity
    assert.is(played['@odata.type'], '#microsoft.graph.playPromptOperation')
    const { value } = (await client.api(`${calls}/${id}/participants`).get()) as { value: Entity[] }
    const muted = (await client.api(`${calls}/${id}/mute`).post({ clientContext: 'c' })) as Entity
    assert.is(muted['status'], 'completed')
    await client.api(`${calls}/${id}/participants/${value[0]?.id}/mute`).post({ clientContext: 'c' })
    await client.api(`${calls}/${peer}/transfer`).post({ transferTarget: user('c') })
    const { state } = (await client.api(`${calls}/${peer}`).get()) as { state: string }
    assert.is(state, 'transferring')
  }))

test('a refusal arrives as Graph’s error, with its code and request id', () =>
  withClient({ faults: { planned: [{ fault: 'refuse', count: 1 }] } }, async (client) => {
    const refusal = await failure(client.api(calls).post(peerCall))
    assert.is(refusal.statusCode, 403)
    const wrong = await failure(client.api(calls).post({ ...peerCall, targets: 'nobody' }))
    assert.equal([wrong.statusCode, wrong.code], [400, 'BadRequest'])
    assert.match(String(wrong.requestId), /^[0-9a-f-]{36}$/)
    assert.is((await failure(client.api('/me').get())).statusCode, 404)
    const throttled = await failure(client.api(`${calls}/none/keepAlive`).post(undefined))
    assert.is(throttled.code, '8522')
  }))

/** Every name and kind of value of `shape` is in `seen`. */
function hasShape(seen: unknown, shape: unknown, place: string): readonly string[] {
  if (shape === null || seen === null) return []
  if (Array.isArray(shape)) return Array.isArray(seen) ? [] : [`${place} is no list`]
  if (typeof shape !== 'object') return typeof seen === typeof shape ? [] : [`${place} is ${typeof seen}`]
  if (typeof seen !== 'object') return [`${place} is no object`]
  return Object.entries(shape).flatMap(([name, value]) =>
    name in (seen as object)
      ? hasShape((seen as Record<string, unknown>)[name], value, `${place}/${name}`)
      : [`${place}/${name} is missing`],
  )
}

const documented = JSON.parse(
  readFileSync(join(process.cwd(), 'test', 'graph-client', 'fixtures', 'shapes.json'), 'utf8'),
) as Record<string, unknown>

test('what it sees has the documented shapes', () =>
  withClient({}, async (client) => {
    const created = (await client.api(calls).post(meetingCall)) as Entity
    assert.equal(hasShape(created, documented['call'], ''), [])
    const path = `${calls}/${created.id}`
    const invited = await client.api(`${path}/participants/invite`).post({ participants: [user('a')] })
    assert.equal(hasShape(invited, documented['inviteParticipantsOperation'], ''), [])
    const { value } = (await client.api(`${path}/participants`).get()) as { value: unknown[] }
    assert.equal(hasShape(value[1], documented['participant'], ''), [])
    const error = await failure(client.api(`${calls}/gone`).get())
    assert.equal(hasShape({ error: { ...JSON.parse(error.body) } }, { error: documented['error'] }, ''), [])
  }))

const published = join(process.cwd(), '..', 'shared', 'graph', 'examples')

test('what Microsoft publishes is answered as Microsoft publishes it, where its examples are there', () =>
  withClient({}, async (client) => {
    const folder = join(published, 'responses')
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('v1.0-')) : []
    for (const name of names) {
      const read = (part: string) => JSON.parse(readFileSync(join(published, part, name), 'utf8')) as object
      const created = (await client.api(calls).post(read('requests'))) as Entity
      assert.equal(hasShape(created, withoutNulls(read('responses')), name), [])
    }
  }))

/** One example answers prompts to be fetched that its request does not name: `mediaConfig` is not compared. */
const withoutNulls = (shape: object): object =>
  Object.fromEntries(
    Object.entries(shape).filter(([name, value]) => value !== null && name !== 'mediaConfig'),
  )

test.run()
