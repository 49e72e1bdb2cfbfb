import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../../src/model/json.js'
import type { SavedChange, SavedPayload, SavedPlan } from '../../../src/model/plan.js'
import {
  callOf,
  editChange,
  editPayload,
  filesOf,
  groupCall,
  payloadAsItStands,
  payloadOf,
  personId,
  type Scene,
  withScene,
} from './plan-world.js'

// Whoever edits a saved plan can seal it anew: that gains nothing, for what is shown, limited and sent is read from the
// texts alone.

const test = suite('resealed-plan')

const inScene =
  (work: (scene: Scene, plan: SavedPlan) => Promise<void>, settings = 'limits: { people: 25 }\n') =>
  (): Promise<void> =>
    withScene(filesOf({ bridge: groupCall(3) }, settings), async (scene) => work(scene, await scene.save()))

test(
  'saved and applied as it is, it is sent',
  inScene(async ({ applySealed, server }, plan) => {
    const { code, stdout, stderr } = await applySealed(plan)
    assert.is(code, 0, stderr)
    assert.is(server.requests[0]?.body, plan.changes[0]?.payload?.text)
    assert.match(stdout, 'Callbacks go to: bot.contoso.com')
    assert.match(stdout, 'Sent to: /v1.0/communications/calls')
  }),
)

/** Each with a digest, and all else, as callctl would have it. */
const texts: Readonly<Record<string, (payload: SavedPayload) => Partial<SavedPayload>>> = {
  'one person shown and a thousand rung': ({ touches }) => ({
    ...payloadOf(groupCall(1000)),
    touches: { ...touches, people: touches.people.slice(0, 1) },
  }),
  'one more person than shown': ({ touches }) => ({ ...payloadOf(groupCall(4)), touches }),
  'another person than shown': ({ touches }) => ({
    touches: { ...touches, people: [...touches.people.slice(1), { id: personId(99) }] },
  }),
  'another name than is sent': ({ touches: { people, ...rest } }) => ({
    touches: { ...rest, people: people.map(({ id }) => ({ id, name: 'Nobody' })) },
  }),
  'another kind than shown': ({ touches }) => ({ touches: { ...touches, kind: 'meeting-join' } }),
  'fewer permissions than needed': ({ touches }) => ({ touches: { ...touches, permissions: [] } }),
  'a property that stands twice': ({ text }) => ({
    text: text.replace('  "targets"', '  "targets": [],\n  "targets"'),
  }),
  'a property that stands twice further down': ({ text }) => ({
    text: text.replace('"user": {', '"user": {},\n        "user": {'),
  }),
  'the same name escaped': ({ text }) => ({ text: text.replace('"targets"', '"t\\u0061rgets"') }),
  'another order of properties': (payload) => {
    const { callbackUri, ...rest } = callOf(payload)
    return payloadAsItStands({ ...rest, callbackUri } as JsonObject)
  },
  'something behind the end': ({ text }) => ({ text: `${text}{}\n` }),
  'no line end': ({ text }) => ({ text: text.trimEnd() }),
  'other white space': (payload) => ({ text: `${JSON.stringify(callOf(payload))}\n` }),
  'a byte order mark': ({ text }) => ({ text: `\uFEFF${text}` }),
  'a number spelled otherwise': ({ text }) => ({ text: text.replace('\n}\n', ',\n  "x": 1.0\n}\n') }),
  'no object': () => ({ text: '[]\n' }),
  'no JSON': () => ({ text: '{' }),
  'a prototype': (payload) =>
    payloadAsItStands(JSON.parse(`{"__proto__":{},${payload.text.slice(1)}`) as JsonObject),
  'an unknown property': (payload) => payloadOf({ ...callOf(payload), targetz: [] }),
  'a list where a text belongs': (payload) =>
    payloadOf({ ...callOf(payload), callbackUri: ['https://a.b/'] }),
  'callbacks in the clear': (payload) =>
    payloadOf({ ...callOf(payload), callbackUri: 'http://a.contoso.com/' }),
  'a placeholder of a secret': (payload) => payloadOf({ ...callOf(payload), subject: '(secret TOKEN)' }),
  'a placeholder of an id': (payload) =>
    payloadOf({ ...callOf(payload), subject: '(known after apply: calls.other.id)' }),
  'the digest of another text': () => ({ digest: 'ab'.repeat(32) }),
  'another cloud': ({ target }) => ({ target: { ...target, cloud: 'us-gov' } }),
  'a route that leads elsewhere': ({ target }) => ({
    target: { ...target, version: 'beta', collection: 'application', applicationId: '..' },
  }),
  'a route with a slash': ({ target }) => ({
    target: { ...target, version: 'beta', collection: 'application', applicationId: 'a/../b' },
  }),
  'a collection that v1.0 lacks': ({ target }) => ({ target: { ...target, collection: 'app' } }),
}
for (const [what, edit] of Object.entries(texts)) {
  test(
    `refused: ${what}`,
    inScene(async ({ applySealed, server }, plan) => {
      const { code, stderr } = await applySealed(editPayload(plan, edit))
      assert.is(code, 6, stderr)
      assert.is(server.requests.length, 0)
    }),
  )
}

test(
  'limits.people counts whom the text rings',
  inScene(async ({ applySealed, server }, plan) => {
    assert.is((await applySealed(editPayload(plan, () => payloadOf(groupCall(26))))).code, 5)
    assert.is(server.requests.length, 0)
  }),
)

test(
  'the limits of the environment hold',
  inScene(async ({ save, applySealed, server }) => {
    const plan = await save('--env', 'staging')
    const many = editPayload(plan, () => payloadOf(groupCall(5)))
    assert.is((await applySealed(many, '--env', 'staging')).code, 5)
    assert.is(server.requests.length, 0)
    assert.is((await applySealed(plan, '--env', 'staging')).code, 0)
  }, 'limits: { people: 25 }\nenvironments: { staging: { limits: { people: 4 } } }\n'),
)

for (const limits of ['people: 2', 'callsPerMonth: 0', 'concurrentCalls: 0']) {
  test(
    `a limit that was set since holds: ${limits}`,
    inScene(async ({ write, run, server }) => {
      write('callctl.yaml', `version: 1\nlimits: { ${limits} }\n`)
      assert.is((await run('apply', 'plan.json', '--yes')).code, 5)
      assert.is(server.requests.length, 0)
    }),
  )
}

test(
  'severities of now hold: what has become an error since is not sent',
  inScene(async ({ write, applySealed, server }, plan) => {
    write('callctl.yaml', 'version: 1\nlints: { lint/no-media: error }\n')
    const bare = editPayload(plan, (payload) => {
      const { mediaConfig: _, ...call } = callOf(payload)
      return payloadOf(call as JsonObject)
    })
    assert.is((await applySealed(bare)).code, 6)
    assert.is(server.requests.length, 0)
  }),
)

test(
  'another person, consistently, is the one who is shown',
  inScene(async ({ applySealed, server }, plan) => {
    const other = groupCall(1, { callbackUri: 'https://other.contoso.com/x' })
    const { code, stdout } = await applySealed(editPayload(plan, () => payloadOf(other)))
    assert.is(code, 0)
    assert.is(server.requests.length, 1)
    assert.match(stdout, '1 call would ring 1 person')
    assert.match(stdout, 'Callbacks go to: other.contoso.com')
  }),
)

/** A live call and its entry, and a plan that places a second one. */
const withLive = (work: (scene: Scene, plan: SavedPlan, live: SavedChange['entry']) => Promise<void>) => () =>
  withScene(filesOf({ live: groupCall(1), bridge: groupCall(2) }), async (scene) => {
    assert.is((await scene.run('apply', '--yes', '--only', 'live')).code, 0)
    const redial = await scene.save('--redial', 'live', '--only', 'live')
    await work(scene, await scene.save(), redial.changes[0]!.entry)
  })

test(
  'a call that is placed is not placed as if it were new',
  withLive(async ({ applySealed, server }, plan, entry) => {
    const again = editChange(plan, (change) => ({ ...change, address: 'live', entry }))
    for (const each of [again, editChange(again, (change) => ({ ...change, entry: null }), 'live')])
      assert.is((await applySealed(each)).code, 6)
    const letters = editChange(plan, (change) => ({ ...change, address: 'live@1', entry }))
    assert.is((await applySealed(letters)).code, 6)
    assert.is(server.requests.length, 1)
  }),
)

test(
  'a redial and a hang-up that were slipped in are shown and counted',
  withLive(async ({ applySealed, server }, plan, entry) => {
    const more: SavedChange = { address: 'live', action: 'hang-up', entry }
    const { stdout } = await applySealed({ ...plan, changes: [...plan.changes, more] })
    assert.match(stdout, /1 other\s+call would\s+be\s+hung\s+up/)
    assert.is(server.requests.length, 3)
  }),
)

test(
  'a plan that only hangs up is asked about',
  withLive(async ({ run, applySealed, server }, plan, entry) => {
    const hangUp: SavedPlan = { ...plan, changes: [{ address: 'live', action: 'hang-up', entry }] }
    assert.is((await applySealed(hangUp, '--max-age', 'soon')).code, 3)
    assert.is((await run('apply', 'plan.json')).code, 5)
    assert.is(server.requests.length, 1)
    assert.is((await run('apply', 'plan.json', '--yes')).code, 0)
    assert.is(server.requests.length, 2)
  }),
)

test(
  'an entry is not taken over unasked',
  withLive(async ({ run, applySealed, server }, plan, entry) => {
    const moved: SavedChange = { address: 'other', action: 'none', movedFrom: 'live', entry }
    assert.is((await applySealed({ ...plan, changes: [moved] }, '--max-age', 'soon')).code, 3)
    assert.is((await run('apply', 'plan.json')).code, 5)
    assert.is(server.requests.length, 1)
  }),
)

const heads: Readonly<Record<string, (plan: SavedPlan) => SavedPlan>> = {
  'a time to come': (plan) => ({ ...plan, createdAt: new Date(Date.now() + 3_600_000).toISOString() }),
  'another lineage': (plan) => ({ ...plan, lineage: personId(1) }),
  'a workspace, where the lineage is another': (plan) => ({
    ...plan,
    lineage: personId(1),
    workspace: { folder: 'ab'.repeat(32) },
  }),
  'another destination': (plan) => ({ ...plan, destination: 'https://graph.microsoft.com' }),
  'a tenant': (plan) => ({ ...plan, tenantId: personId(2) }),
  'another environment': (plan) => ({ ...plan, environment: 'prod' }),
}
for (const [what, edit] of Object.entries(heads)) {
  test(
    `refused: ${what}`,
    withLive(async ({ applySealed, server }, plan) => {
      const { code, stderr } = await applySealed(edit(plan))
      assert.is(code, 6, stderr)
      assert.is(server.requests.length, 1)
    }),
  )
}

test.run()
