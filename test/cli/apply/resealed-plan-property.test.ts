import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inspect } from '../../../src/compile/payload/inspect.js'
import type { JsonObject } from '../../../src/model/json.js'
import type { SavedChange, SavedPlan } from '../../../src/model/plan.js'
import {
  callOf,
  filesOf,
  groupCall,
  payloadOf,
  personId,
  type Ran,
  type Scene,
  withScene,
} from './plan-world.js'

const test = suite('resealed-plan-property')

type Edit = (plan: SavedPlan) => SavedPlan

/** One change of the plan, edited at random. */
const atChange = (arbitrary: fc.Arbitrary<(change: SavedChange) => object>): fc.Arbitrary<Edit> =>
  fc.tuple(fc.nat(2), arbitrary).map(([index, edit]) => (plan) => {
    const at = index % plan.changes.length
    const changes = plan.changes.map((each, place) => (place === at ? (edit(each) as SavedChange) : each))
    return { ...plan, changes }
  })

const inPayload = (more: object) => (change: SavedChange) =>
  change.payload === undefined ? change : { ...change, payload: { ...change.payload, ...more } }

const anyCall: fc.Arbitrary<JsonObject> = fc
  .record({
    people: fc.integer({ min: 0, max: 6 }),
    more: fc.constantFrom<JsonObject>(
      {},
      { callbackUri: 'https://other.contoso.com/' },
      { callbackUri: 'http://other.contoso.com/' },
      { subject: '(secret X)' },
      { unknown: 1 },
      { tenantId: personId(7) },
    ),
  })
  .map(({ people, more }) => groupCall(people, more))

const entries = fc.constantFrom('placed', 'ended', 'failed', 'uncertain')

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  atChange(anyCall.map((call) => inPayload(payloadOf(call)))),
  atChange(anyCall.map((call) => inPayload({ text: payloadOf(call).text }))),
  atChange(anyCall.map((call) => inPayload({ touches: inspect(call) }))),
  atChange(fc.string().map((text) => inPayload({ text }))),
  atChange(
    fc
      .constantFrom('place', 'redial', 'hang-up', 'none')
      .map((action) => (change) => ({ ...change, action })),
  ),
  atChange(
    fc
      .constantFrom('live', 'LIVE', 'new', 'a', 'A', 'b@1')
      .map((address) => (change) => ({ ...change, address })),
  ),
  atChange(fc.constantFrom('live', 'a', 'gone').map((movedFrom) => (change) => ({ ...change, movedFrom }))),
  atChange(
    entries.map((state) => (change) => ({ ...change, entry: change.entry && { ...change.entry, state } })),
  ),
  atChange(fc.constant((change) => ({ ...change, entry: null }))),
  atChange(fc.constant(({ payload: _, attemptId: __, ...change }) => ({ ...change, action: 'hang-up' }))),
  atChange(
    fc.constantFrom(personId(1), personId(2)).map((attemptId) => (change) => ({ ...change, attemptId })),
  ),
  atChange(
    fc
      .constantFrom('us-gov', 'global')
      .map((cloud) => (change) => inPayload({ target: { ...change.payload?.target, cloud } })(change)),
  ),
  atChange(
    fc
      .constantFrom('beta', 'v1.0')
      .map((version) => (change) => inPayload({ target: { ...change.payload?.target, version } })(change)),
  ),
  fc.constant<Edit>((plan) => ({ ...plan, changes: [...plan.changes, plan.changes[0]!] })),
  fc
    .constantFrom('environment', 'tenantId', 'lineage')
    .map<Edit>((key) => (plan) => ({ ...plan, [key]: personId(3) })),
)

/** What the plan's texts would ring, as nobody but their reader says it. */
function countRung({ changes }: SavedPlan): number {
  const people = changes.map(({ payload }) =>
    payload === undefined ? 0 : inspect(callOf(payload)).people.length,
  )
  return people.reduce((sum, each) => sum + each, 0)
}

/** What apply said before it did anything. */
function planEventOf({ stdout }: Ran): {
  totals: { people: number; calls: number }
  sends: { callbackHosts: string[] }
} {
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string })
  return events.find(({ event }) => event === 'plan') as never
}

async function holds({ run, server, applySealed, save }: Scene, edits: readonly Edit[]): Promise<void> {
  const plan = edits.reduce((edited, edit) => edit(edited), await save('--redial', 'live'))
  const before = server.requests.length
  const ran = await applySealed(plan, '--json')
  const sent = server.requests.slice(before).filter(({ method }) => method === 'POST')
  const texts = plan.changes.flatMap(({ payload }) => payload?.text ?? [])
  if (ran.code === 6) assert.is(sent.length, 0)
  else {
    assert.ok(ran.code === 0 || ran.code === 5, `${ran.code}: ${ran.stdout}`)
    const shown = planEventOf(ran)
    if (ran.code === 5) return assert.is(sent.length, 0)
    assert.equal(sent.map(({ body }) => body).sort(), texts.sort())
    assert.equal([shown.totals.people, shown.totals.calls], [countRung(plan), texts.length])
    const hosts = texts.map((text) => new URL(String((JSON.parse(text) as JsonObject)['callbackUri'])).host)
    assert.equal(shown.sends.callbackHosts, [...new Set(hosts)].sort())
  }
  // 5 where what it renamed has the payload of a call that is still to be placed.
  assert.ok([0, 5].includes((await run('plan')).code))
}

test('whatever is edited, it is refused, or what is shown and rung is just what the texts say', async () => {
  const files = filesOf(
    { live: groupCall(1), a: groupCall(2), b: groupCall(3) },
    'limits: { people: 8, concurrency: 1 }\n',
  )
  let refused = 0
  const property = fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 3 }), (edits) =>
    withScene(files, async (scene) => {
      await scene.run('apply', '--yes', '--only', 'live')
      const before = scene.server.requests.length
      await holds(scene, edits)
      if (scene.server.requests.length === before) refused += 1
    }),
  )
  await fc.assert(property, { numRuns: 80, seed: 12 })
  assert.ok(refused > 20 && refused < 75, `${refused} of 80 sent nothing`)
})

test.run()
