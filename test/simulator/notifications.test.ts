import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calls, hangUp, peerCall, post, withSimulator } from './client.js'

const notificationsSuite = suite('simulator/notifications')

interface Notification {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly envelope: Record<string, unknown>
  readonly changeType: string
  readonly resourceUrl: string
  readonly resourceData: Record<string, unknown>
}

/** A receiver that answers with `status` and hands out what it got, one notification at a time. */
async function withReceiver(
  status: number,
  use: (uri: string, next: () => Promise<Notification>) => Promise<void>,
): Promise<void> {
  const got: Notification[] = []
  let wake = () => {}
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    response.writeHead(status).end()
    const envelope = JSON.parse(text)
    got.push({ path: request.url ?? '', headers: request.headers, envelope, ...envelope.value[0] })
    wake()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const next = async (): Promise<Notification> => {
    while (got.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return got.shift() as Notification
  }
  try {
    await use(`http://localhost:${(server.address() as AddressInfo).port}/callback?key=1`, next)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

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

notificationsSuite.run()
