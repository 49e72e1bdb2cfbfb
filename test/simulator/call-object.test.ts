import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CallShapes } from '../../schema/shapes.js'
import type { JsonObject } from '../../src/model/json.js'
import { createCallObject } from '../../src/simulator/call-object.js'
import type { RequestPath } from '../../src/simulator/place.js'

const objectSuite = suite('simulator/call-object')

const shapes: CallShapes = {
  root: 'call',
  types: {
    call: {
      properties: {
        '@odata.type': {},
        subject: {},
        callbackUri: {},
        direction: {},
        source: { type: 'participantInfo' },
        targets: { type: 'invitationParticipantInfo', list: true },
        chatInfo: { type: 'chatInfo' },
        meetingInfo: { type: 'meetingInfo' },
        callChainId: {},
        callRoutes: { list: true, readOnly: true },
        id: { readOnly: true },
        myParticipantId: { readOnly: true },
        participants: { list: true, readOnly: true },
        state: { readOnly: true },
        toneInfo: { readOnly: true },
      },
    },
    participantInfo: { properties: { '@odata.type': {}, identity: {}, region: {} } },
    invitationParticipantInfo: { properties: { identity: {}, replacesCallId: {} } },
    chatInfo: { properties: { threadId: {}, messageId: {}, replyChainMessageId: {} } },
  },
}

function build(body: JsonObject, place: Partial<RequestPath> = {}): JsonObject {
  let count = 0
  const uuid = () => `uuid-${++count}`
  const where: RequestPath = {
    version: 'beta',
    collection: 'communications',
    path: 'communications/calls',
    ...place,
  }
  return createCallObject({ body, shapes, place: where, uuid })
}

objectSuite('keeps what the body sets and spells out everything else', () => {
  const call = build({ callbackUri: 'https://x.example/', targets: [{ identity: { user: { id: 'u' } } }] })
  assert.equal(call, {
    '@odata.type': '#microsoft.graph.call',
    subject: null,
    callbackUri: 'https://x.example/',
    direction: 'outgoing',
    source: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: {
        '@odata.type': '#microsoft.graph.identitySet',
        application: {
          '@odata.type': '#microsoft.graph.identity',
          displayName: 'Simulated bot',
          id: '00000000-0000-0000-0000-00000000b07e',
        },
      },
      region: null,
    },
    targets: [{ identity: { user: { id: 'u' } }, replacesCallId: null }],
    chatInfo: null,
    meetingInfo: null,
    callChainId: 'uuid-1',
    callRoutes: [],
    myParticipantId: 'uuid-2',
    state: 'establishing',
    toneInfo: null,
  })
})

objectSuite('ignores read-only properties of the body', () => {
  const call = build({
    state: 'incoming',
    direction: 'incoming',
    myParticipantId: 'mine',
    toneInfo: { tone: 'tone0' },
  })
  assert.is(call['state'], 'establishing')
  assert.is(call['direction'], 'outgoing')
  assert.is(call['myParticipantId'], 'uuid-2')
  assert.is(call['toneInfo'], null)
})

objectSuite('gives a meeting join a chat', () => {
  const chat = build({ meetingInfo: { joinMeetingId: '1' } })['chatInfo'] as JsonObject
  assert.match(String(chat['threadId']), /^19:meeting_[\w-]+@thread\.v2$/)
  assert.is(chat['messageId'], '0')
  assert.is(chat['replyChainMessageId'], null)
})

objectSuite('keeps the chat that the body names', () => {
  const chat = build({ chatInfo: { threadId: 't', messageId: '7' }, meetingInfo: {} })['chatInfo']
  assert.equal(chat, { threadId: 't', messageId: '7', replyChainMessageId: null })
})

objectSuite('calls in the name of the application in the path', () => {
  const source = JSON.stringify(build({}, { collection: 'application', applicationId: 'app-1' })['source'])
  assert.match(source, '"id":"app-1"')
})

objectSuite('takes no prototype from a body', () => {
  const call = build(JSON.parse('{"__proto__":{"subject":"sly"},"source":{"__proto__":{"region":"sly"}}}'))
  assert.is(call['subject'], null)
  assert.is(({} as Record<string, unknown>)['subject'], undefined)
})

objectSuite.run()
