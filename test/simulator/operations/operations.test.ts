import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Simulator } from '../../../src/simulator/simulator.js'
import {
  calls,
  errorOf,
  get,
  hangUp,
  meetingCall,
  peerCall,
  post,
  readLog,
  send,
  stoppedClock,
  withSimulator,
} from '../client.js'
import { inFolder } from '../folder.js'

const test = suite('simulator/operations')
const minute = 60_000

const place = async (simulator: Simulator, body: unknown = peerCall): Promise<string> =>
  `${calls}/${(await post(simulator, body)).json['id']}`

const ask = (simulator: Simulator, path: string, body?: unknown) =>
  send(simulator, { method: 'POST', path, body })

const target = (id: string) => ({ identity: { user: { id } } })
const groupCall = { ...peerCall, targets: [target('a'), target('b')] }
const appHosted = {
  ...peerCall,
  mediaConfig: { '@odata.type': '#microsoft.graph.appHostedMediaConfig', blob: 'x' },
}
const prompt = {
  '@odata.type': '#microsoft.graph.mediaPrompt',
  mediaInfo: { uri: 'https://cdn.example.com/beep.wav' },
}

test('keepAlive puts the end off by 45 minutes, and finds nothing after it', async () => {
  const clock = stoppedClock()
  await withSimulator({ now: clock.now }, async (simulator) => {
    const path = await place(simulator)
    clock.move(44 * minute)
    assert.is((await ask(simulator, `${path}/keepAlive`)).status, 200)
    clock.move(44 * minute)
    assert.is((await get(simulator, path)).status, 200)
    clock.move(1 * minute)
    const late = await ask(simulator, `${path}/keepAlive`)
    assert.equal([late.status, errorOf(late).code], [404, '8522'])
  })
})

test('every operation on a call that has ended is 404 with 8522', () =>
  withSimulator({}, async (simulator) => {
    const path = await place(simulator)
    await hangUp(simulator, path)
    const bodies: Record<string, unknown> = {
      mute: {},
      unmute: {},
      playPrompt: { prompts: [prompt] },
      recordResponse: {},
      cancelMediaProcessing: {},
      subscribeToTone: {},
      sendDtmfTones: { tones: ['tone1'] },
      transfer: { transferTarget: target('c') },
      'participants/invite': { participants: [target('c')] },
    }
    for (const [name, body] of Object.entries(bodies)) {
      assert.is(errorOf(await ask(simulator, `${path}/${name}`, body)).code, '8522', name)
    }
    assert.is((await get(simulator, `${path}/participants`)).status, 404)
  }))

test('a prompt runs, then is done; canceled, it ends at once', async () => {
  const clock = stoppedClock()
  await withSimulator({ now: clock.now }, async (simulator) => {
    const path = await place(simulator)
    const statusOf = async (location: unknown) =>
      (await get(simulator, new URL(String(location)).pathname)).json['status']
    const first = await ask(simulator, `${path}/playPrompt`, { prompts: [prompt], clientContext: 'c' })
    assert.equal([first.status, first.json['status'], first.json['clientContext']], [200, 'running', 'c'])
    clock.move(1_000)
    assert.is(await statusOf(first.headers.location), 'completed')
    const second = await ask(simulator, `${path}/playPrompt`, { prompts: [prompt] })
    await ask(simulator, `${path}/cancelMediaProcessing`, {})
    assert.is(await statusOf(second.headers.location), 'failed')
  })
})

test('bodies are checked: 1 to 5 participants, 20 prompts, 256 characters', () =>
  withSimulator({}, async (simulator) => {
    const path = await place(simulator, meetingCall)
    const statusOf = async (name: string, body: unknown) =>
      (await ask(simulator, `${path}/${name}`, body)).status
    const people = (count: number) => Array.from({ length: count }, (_, index) => target(`user-${index}`))
    assert.is(await statusOf('participants/invite', { participants: people(6) }), 400)
    assert.is(await statusOf('participants/invite', { participants: [] }), 400)
    assert.is(await statusOf('participants/invite', { participants: people(5) }), 200)
    assert.is(await statusOf('playPrompt', { prompts: Array(21).fill(prompt) }), 400)
    assert.is(await statusOf('playPrompt', { prompts: Array(20).fill(prompt) }), 200)
    assert.is(await statusOf('mute', { clientContext: 'x'.repeat(257) }), 400)
    assert.is(await statusOf('mute', { clientContext: 'x'.repeat(256) }), 200)
    assert.is(await statusOf('transfer', {}), 400)
  }))

test('muting is for groups, media for calls that the service hosts', () =>
  withSimulator({}, async (simulator) => {
    const peer = await place(simulator)
    assert.is((await ask(simulator, `${peer}/mute`, {})).status, 400)
    const group = await place(simulator, groupCall)
    assert.is((await ask(simulator, `${group}/mute`, {})).json['status'], 'completed')
    const own = await place(simulator, appHosted)
    for (const name of ['cancelMediaProcessing', 'subscribeToTone', 'recordResponse']) {
      assert.is((await ask(simulator, `${own}/${name}`, {})).status, 400, name)
    }
  }))

test('those who are invited are participants; a call of two becomes a group with a chat', () =>
  withSimulator({}, async (simulator) => {
    const path = await place(simulator)
    assert.is((await get(simulator, path)).json['chatInfo'], null)
    await ask(simulator, `${path}/participants/invite`, { participants: [target('c')] })
    const { value } = (await get(simulator, `${path}/participants`)).json as { value: { id: string }[] }
    assert.is(value.length, 3)
    assert.ok((await get(simulator, path)).json['chatInfo'])
    assert.is((await ask(simulator, `${path}/mute`, {})).status, 200)
    const one = `${path}/participants/${value[2]?.id}`
    assert.is((await ask(simulator, `${one}/mute`, {})).status, 200)
    assert.is((await get(simulator, one)).json['isMuted'], true)
    assert.is((await hangUp(simulator, one)).status, 204)
    assert.is((await get(simulator, one)).status, 404)
  }))

test('a group call without a chat takes no invitation', () =>
  withSimulator({}, async (simulator) => {
    const path = await place(simulator, groupCall)
    assert.is(
      (await ask(simulator, `${path}/participants/invite`, { participants: [target('c')] })).status,
      400,
    )
  }))

test('a transfer goes by transferring and transferAccepted to its end', async () => {
  const clock = stoppedClock()
  await withSimulator({ now: clock.now }, async (simulator) => {
    const path = await place(simulator)
    const stateOf = async () => (await get(simulator, path)).json['state']
    const answer = await ask(simulator, `${path}/transfer`, { transferTarget: target('c') })
    assert.equal([answer.status, answer.text, await stateOf()], [202, '', 'transferring'])
    clock.move(500)
    assert.is(await stateOf(), 'transferAccepted')
    clock.move(500)
    assert.is((await get(simulator, path)).status, 404)
  })
})

test('a transfer to a call that is not there comes back', async () => {
  const clock = stoppedClock()
  await withSimulator({ now: clock.now }, async (simulator) => {
    const path = await place(simulator)
    clock.move(3_000)
    const transferTarget = { ...target('c'), replacesCallId: 'none' }
    await ask(simulator, `${path}/transfer`, { transferTarget })
    clock.move(500)
    assert.is((await get(simulator, path)).json['state'], 'established')
  })
})

test('a transfer needs a transferee in a group alone, and an application instance for a phone', () =>
  withSimulator({}, async (simulator) => {
    const peer = await place(simulator)
    const group = await place(simulator, groupCall)
    const to = { transferTarget: target('c') }
    assert.is((await ask(simulator, `${group}/transfer`, to)).status, 400)
    assert.is((await ask(simulator, `${group}/transfer`, { ...to, transferee: target('a') })).status, 202)
    assert.is((await ask(simulator, `${peer}/transfer`, { ...to, transferee: target('a') })).status, 400)
    const phone = { transferTarget: { identity: { phone: { id: '+14255550100' } } } }
    assert.is((await ask(simulator, `${peer}/transfer`, phone)).status, 400)
  }))

test('faults strike what rings, and the log says whom it rang', () =>
  inFolder(async (folder) => {
    const log = `${folder}/log.ndjson`
    const planned = [
      { fault: 'none', count: 1 },
      { fault: 'server-error', count: 1 },
      { fault: 'reset', count: 1 },
    ] as const
    await withSimulator({ log, faults: { planned } }, async (simulator) => {
      const path = await place(simulator)
      await ask(simulator, `${path}/keepAlive`)
      const invite = () => ask(simulator, `${path}/participants/invite`, { participants: [target('c')] })
      assert.is((await invite()).status, 500)
      await invite().catch(() => {})
      const lines = readLog(log).filter((line) => line.path.endsWith('/invite'))
      assert.equal(
        lines.map(({ rang, fault }) => [rang, fault]),
        [
          [1, 'server-error'],
          [undefined, 'reset'],
        ],
      )
    })
  }))

test('what was done to a call outlives the process', () =>
  inFolder(async (folder) => {
    const store = `${folder}/store.ndjson`
    let path = ''
    await withSimulator({ store }, async (simulator) => {
      path = await place(simulator)
      await ask(simulator, `${path}/participants/invite`, { participants: [target('c')] })
    })
    await withSimulator({ store }, async (simulator) => {
      const { value } = (await get(simulator, `${path}/participants`)).json as { value: unknown[] }
      assert.is(value.length, 3)
    })
  }))

test('operations of a call of 2018 are asked for where it was placed, or under communications', () =>
  withSimulator({}, async (simulator) => {
    const { json } = await send(simulator, { method: 'POST', path: '/beta/app/calls', body: peerCall })
    assert.is(
      (await ask(simulator, `/beta/app/calls/${json['id']}/playPrompt`, { prompts: [prompt] })).status,
      200,
    )
    assert.is((await ask(simulator, `/beta/communications/calls/${json['id']}/keepAlive`)).status, 200)
  }))

test.run()
