import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calls, hangUp, meetingCall, peerCall, post, send, withSimulator } from './client.js'
import { type Notification, withReceiver } from './receiver.js'

const notificationsSuite = suite('simulator/notifications')

const quick = { ringing: 5, established: 15, terminated: 40 }

notificationsSuite('tells a loopback receiver of each state, in order', () =>
  withReceiver(202, (callbackUri, next) =>
    withSimulator({ timeline: quick }, async (simulator) => {
      const headers = { 'scenario-id': 'scenario-1' }
      const { json } = await post(simulator, { ...peerCall, callbackUri }, { headers })
      const [first, second, third] = [await next(), await next(), await next()]
      const place = `/communications/calls/${json['id']}`
      for (const { path, headers: sent, envelope, resourceUrl } of [first, second, third]) {
        assert.is(path, '/callback?key=1')
        assert.is(sent['scenario-id'], 'scenario-1')
        assert.is(sent['x-microsoft-skype-chain-id'], json['callChainId'])
        assert.is(sent['authorization'], undefined)
        assert.is(envelope['@odata.type'], '#microsoft.graph.commsNotifications')
        assert.is(resourceUrl, place)
      }
      assert.equal([first.changeType, first.resourceData['state']], ['updated', 'establishing'])
      assert.equal([second.changeType, second.resourceData['state']], ['updated', 'established'])
      assert.equal([third.changeType, third.resourceData['state']], ['deleted', 'terminated'])
      const result = third.resourceData['resultInfo'] as Record<string, unknown>
      assert.equal([result['code'], result['subcode']], [408, 8537])
    }),
  ),
)

notificationsSuite('tells of a hang-up at once, and of nothing after it', () =>
  withReceiver(500, (callbackUri, next) =>
    withSimulator(
      { timeline: { ringing: 5, established: 10_000, terminated: 20_000 } },
      async (simulator) => {
        const { id } = (await post(simulator, { ...peerCall, callbackUri })).json
        assert.is((await next()).resourceData['state'], 'establishing')
        await hangUp(simulator, `${calls}/${id}`)
        const { resourceData } = await next()
        const result = resourceData['resultInfo'] as Record<string, unknown>
        assert.equal([resourceData['state'], result['code'], result['subcode']], ['terminated', 200, 7000])
      },
    ),
  ),
)

notificationsSuite('tells the receiver of a call whose answer was lost', () =>
  withReceiver(202, (callbackUri, next) =>
    withSimulator({ faults: { chances: { 'lost-answer': 1 } } }, async (simulator) => {
      const headers = { 'scenario-id': 'scenario-2' }
      await post(simulator, { ...peerCall, callbackUri }, { headers }).catch(() => {})
      const { headers: sent, resourceUrl } = await next()
      assert.is(sent['scenario-id'], 'scenario-2')
      assert.match(resourceUrl, /^\/communications\/calls\/[\w-]+$/)
    }),
  ),
)

notificationsSuite('does not mind a receiver that is not there', () =>
  withSimulator({ timeline: { ...quick, terminated: 600_000 } }, async (simulator) => {
    const answer = await post(simulator, { ...peerCall, callbackUri: 'http://127.0.0.1:9/' })
    assert.is(answer.status, 201)
    assert.is((await hangUp(simulator, `${calls}/${answer.json['id']}`)).status, 204)
  }),
)

notificationsSuite('puts no text of a body into a header that cannot hold it', () =>
  withReceiver(202, (callbackUri, next) =>
    withSimulator({}, async (simulator) => {
      const body = { ...peerCall, callbackUri, callChainId: 'a\r\nX-Sly: 1' }
      await post(simulator, body, { headers: { 'scenario-id': 'scenario-3' } })
      const { headers } = await next()
      assert.equal([headers['x-microsoft-skype-chain-id'], headers['x-sly']], ['scenario-3', undefined])
    }),
  ),
)

const slow = { ringing: 5, established: 15, terminated: 600_000 }
const prompt = {
  '@odata.type': '#microsoft.graph.mediaPrompt',
  mediaInfo: { '@odata.type': '#microsoft.graph.mediaInfo', uri: 'https://cdn.example.com/a.wav' },
}

/** A call whose first two notifications, of establishing and established, have come. */
const withCall = (
  work: (parts: {
    readonly next: () => Promise<Notification>
    readonly ask: (path: string, body?: object) => Promise<Record<string, unknown>>
    readonly early: readonly Notification[]
    readonly callbackUri: string
    readonly id: string
    /** Places another call, which tells nobody, and returns its id. */
    readonly placeSilent: () => Promise<string>
  }) => Promise<void>,
  { operation = 20, version = 'v1.0', call = peerCall as object } = {},
) =>
  withReceiver(202, (callbackUri, next) =>
    withSimulator({ timeline: { ...slow, operation } }, async (simulator) => {
      const path = `/${version}/communications/calls`
      const body = { ...call, callbackUri }
      const { json } = await send(simulator, { method: 'POST', path, body })
      const id = String(json['id'])
      const ask = async (name: string, content: object = {}) =>
        (await send(simulator, { method: 'POST', path: `${path}/${id}/${name}`, body: content })).json
      const placeSilent = async () =>
        String((await send(simulator, { method: 'POST', path, body: call })).json['id'])
      await work({ next, ask, early: [await next(), await next()], callbackUri, id, placeSilent })
    }),
  )

notificationsSuite('those about a call have its id and its callbackUri', () =>
  withCall(async ({ early, callbackUri, id }) => {
    for (const { resourceData, envelope } of early) {
      assert.is(resourceData['id'], id)
      const [notification] = envelope['value'] as Record<string, unknown>[]
      assert.is(notification?.['callbackUri'], callbackUri)
    }
  }),
)

notificationsSuite('joining a meeting brings chat, meeting, and the roster', () =>
  withCall(
    async ({ early, next, id }) => {
      for (const { resourceData } of early) {
        assert.ok(resourceData['chatInfo'])
        assert.ok(resourceData['meetingInfo'])
      }
      const roster = await next()
      assert.is(roster.resourceUrl, `/communications/calls/${id}/participants`)
      assert.is((roster.resourceData as unknown as readonly object[]).length, 1)
    },
    { call: meetingCall },
  ),
)

for (const [name, body] of [
  ['playPrompt', { prompts: [prompt] }],
  ['recordResponse', {}],
] as const)
  notificationsSuite(`a canceled ${name} is told once, as failed`, () =>
    withCall(
      async ({ ask, next }) => {
        const { id } = await ask(name, body)
        await ask('cancelMediaProcessing')
        const { resourceData } = await next()
        const { code, subcode } = resourceData['resultInfo'] as Record<string, unknown>
        assert.equal(
          [resourceData['id'], resourceData['status'], code, subcode, resourceData['completionReason']],
          [id, 'failed', 400, 8508, 'operationCanceled'],
        )
        // What comes after its time is about the next one.
        const second = await ask('sendDtmfTones', { tones: ['tone1'] })
        assert.is((await next()).resourceData['id'], second['id'])
      },
      { operation: 1500 },
    ),
  )

notificationsSuite('tones that were sent say why they ended, in v1.0 too', () =>
  withCall(async ({ ask, next }) => {
    await ask('sendDtmfTones', { tones: ['tone1'] })
    const { resourceData } = await next()
    assert.equal(
      [resourceData['status'], resourceData['completionReason']],
      ['completed', 'completedSuccessfully'],
    )
  }),
)

notificationsSuite('a recording that is done says where it is', () =>
  withCall(async ({ ask, next }) => {
    const begun = await ask('recordResponse', {})
    assert.is(begun['recordingLocation'], null)
    const { resourceData } = await next()
    const { code, subcode } = resourceData['resultInfo'] as Record<string, unknown>
    assert.equal([code, subcode, resourceData['completionReason']], [200, 8515, undefined])
    assert.match(String(resourceData['recordingLocation']), /^https:/)
    assert.is(typeof resourceData['recordingAccessToken'], 'string')
  }),
)

notificationsSuite('beta says of media why they ended', () =>
  withCall(
    async ({ ask, next }) => {
      await ask('playPrompt', { prompts: [prompt] })
      assert.is((await next()).resourceData['completionReason'], 'completedSuccessfully')
      await ask('recordResponse', {})
      assert.is((await next()).resourceData['completionReason'], 'maxRecordDurationReached')
    },
    { version: 'beta' },
  ),
)

notificationsSuite('who asks for tones gets one', () =>
  withCall(async ({ ask, next, id }) => {
    await ask('subscribeToTone')
    const { resourceUrl, resourceData } = await next()
    assert.is(resourceUrl, `/communications/calls/${id}`)
    const { sequenceId, tone } = resourceData['toneInfo'] as Record<string, unknown>
    assert.equal([sequenceId, tone], [1, 'tone1'])
  }),
)

const endsOf = async (next: () => Promise<Notification>) => {
  const told = [await next(), await next(), await next()]
  return told.map(({ changeType, resourceData }) => {
    const { subcode, message } = (resourceData['resultInfo'] ?? {}) as Record<string, unknown>
    return [changeType, resourceData['state'], subcode, message, resourceData['terminationReason']]
  })
}
const graceful = [7015, 'GracefulTransferCompleted']

notificationsSuite('a transfer ends gracefully', () =>
  withCall(async ({ ask, next }) => {
    await ask('transfer', { transferTarget: peerCall.targets[0] })
    assert.equal(await endsOf(next), [
      ['updated', 'transferring', undefined, undefined, undefined],
      ['updated', 'transferAccepted', undefined, undefined, undefined],
      ['deleted', 'terminated', ...graceful, undefined],
    ])
  }),
)

notificationsSuite('a transfer to a call that is there says that the app transferred it', () =>
  withCall(async ({ ask, next, placeSilent }) => {
    const replacesCallId = await placeSilent()
    await ask('transfer', { transferTarget: { ...peerCall.targets[0], replacesCallId } })
    assert.equal(await endsOf(next), [
      ['updated', 'transferring', undefined, undefined, undefined],
      ['updated', 'transferAccepted', undefined, undefined, undefined],
      ['deleted', 'terminated', ...graceful, 'AppTransferred'],
    ])
  }),
)

notificationsSuite('a transfer to a call that is not there brings the call back, and says why', () =>
  withCall(async ({ ask, next }) => {
    await ask('transfer', { transferTarget: { ...peerCall.targets[0], replacesCallId: 'nowhere' } })
    const [first, second] = [await next(), await next()]
    assert.is(first.resourceData['state'], 'transferring')
    const { code, subcode } = second.resourceData['resultInfo'] as Record<string, unknown>
    assert.equal([second.resourceData['state'], code, subcode], ['established', 500, 7700])
  }),
)

notificationsSuite.run()
