import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { headOf, type Payload } from '../../src/model/payload.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

// The same values in every run.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261123 })

const test = suite('plan/heads')

const address = fc.constantFrom('a', 'b', 'c', 'd@1', 'd@2')
const digest = fc.constantFrom('digest-1', 'digest-2', 'digest-3')
const entry: fc.Arbitrary<Entry> = fc
  .record({ state: fc.constantFrom('placed', 'ended', 'failed', 'uncertain'), digest })
  .map((fields) => entryOf(fields as Partial<Entry>))
const payload: fc.Arbitrary<Payload> = fc
  .record({ address, digest, movedFrom: fc.option(address), isRedialed: fc.boolean() })
  .map(({ movedFrom, isRedialed, ...rest }) => ({
    ...payloadOf(rest.address, rest.digest),
    description: 'a call',
    references: [],
    revealSecrets: () => new Map(),
    ...(movedFrom !== null && { movedFrom }),
    ...(isRedialed && { onChange: 'redial' as const }),
  }))

test('heads come to the plan that whole payloads come to', () => {
  const payloads = fc.uniqueArray(payload, { selector: (each) => each.address })
  fc.assert(
    fc.property(payloads, fc.dictionary(address, entry), fc.boolean(), (defined, calls, prunes) => {
      const input = inputOf(defined, calls, { prunes, limits: { concurrency: 8, people: 3 } })
      const heads = defined.map(headOf)
      const whole = createPlan(input).changes.map((change) =>
        change.payload === undefined ? change : { ...change, payload: headOf(change.payload) },
      )
      assert.equal(createPlan({ ...input, payloads: heads }).changes, whole)
    }),
  )
})

test('a head has neither text nor what leads to it', () => {
  const lead = { ...payloadOf('a'), revealSecrets: () => new Map(), references: [] }
  assert.equal(Object.keys(headOf(lead)).sort(), ['address', 'digest', 'target', 'touches'])
})

test.run()
