import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPayload } from '../../../src/compile/call/create-payload.js'
import { compileEach, withReferences } from '../../../src/compile/compile.js'
import { type Payload, type PlannedPayload, planPayload } from '../../../src/model/payload.js'
import { compileFiles, noValues, workspace } from '../../helpers/workspace.js'

const test = suite('payloads that are planned')

const files = {
  'callctl.yaml': 'tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10\nenv: [{ name: KEY, secret: true }]\n',
  'templates/t.yaml': `variables: { token: { type: string, secret: true } }
call: { callbackUri: "https://b.example/c?k={{token}}", targets: [{ identity: { user: { id: adele } } }] }
`,
  'calls/a.yaml': `calls:
  first: { call: { callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }], tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10 } }
  second: { call: { callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }], subject: "{{calls.first.id}}" } }
  third: { call: { callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }], subject: "{{calls.nobody.id}}" } }
  secret: { uses: t, with: { token: "{{env.KEY}}" } }
`,
}

/** As `compilePlanned` makes them. */
function planAll(): readonly (PlannedPayload | Payload)[] {
  const taken: PlannedPayload[] = []
  const summary = compileEach(workspace(files), noValues, (rendered) => {
    const payload = createPayload(rendered)
    taken.push(planPayload(payload, () => `${payload.text}`))
  })
  return withReferences(taken, summary)
}

test('they are the compiled ones, with what some need of others', () => {
  const { payloads } = compileFiles(files)
  const planned = planAll()
  const keep = ({ address, digest, text, target, touches, tenantId, references }: PlannedPayload) => ({
    ...{ address, digest, text, target, touches, tenantId, references },
  })
  assert.equal(planned.map(keep), payloads.map(keep))
  assert.equal(
    planned.map(({ address }) => address),
    ['first', 'second', 'secret'],
  )
  assert.is(planned[1]!.references?.length, 1)
  assert.is(planned[0]!.tenantId, '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10')
  assert.equal(
    planned.map(({ revealSecrets }) => revealSecrets?.().size),
    payloads.map(({ revealSecrets }) => revealSecrets?.().size),
  )
})

test.run()
