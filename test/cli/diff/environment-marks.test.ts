import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EnvironmentMark } from '../../../src/model/payload.js'
import type { SavedPlan } from '../../../src/model/plan.js'
import { filesOf, groupCall, type Scene, withScene } from '../apply/plan-world.js'

// What comes from the environment is shown wherever what would be sent is. `PATH` is set in any environment.

const test = suite('environment marks of plans')

const marks = [{ pointer: '/subject', name: 'PATH' }]
const shown = /rom the environment[^:]*: \/subject\s+\(PATH\)/

const inScene = (work: (scene: Scene) => Promise<void>) => (): Promise<void> =>
  withScene(
    filesOf(
      { bridge: groupCall(2, { subject: 'to {{env.PATH}}' }) },
      'env: [PATH, { name: HIDDEN, secret: true }]\n',
    ),
    work,
  )

test(
  'a plan shows them, as text and for machines',
  inScene(async ({ run }) => {
    assert.match((await run('plan')).stdout, shown)
    const { changes } = JSON.parse((await run('plan', '--json')).stdout)
    assert.equal(changes[0].environment, marks)
  }),
)

test(
  'compile and explain tell of them',
  inScene(async ({ run }) => {
    assert.equal(JSON.parse((await run('compile', '--format', 'json')).stdout).calls[0].environment, marks)
    assert.equal(JSON.parse((await run('compile', '--format', 'ndjson')).stdout).environment, marks)
    assert.match((await run('explain', 'bridge')).stdout, /\/subject .*(\n .*)*\n {4}← env PATH\n/)
    const { values } = JSON.parse((await run('explain', 'bridge', '/subject', '--json')).stdout)
    assert.equal(values[0].environment, ['PATH'])
  }),
)

test(
  'a saved plan keeps them, and applying it shows them',
  inScene(async ({ save, applySealed, server }) => {
    const plan = await save()
    assert.equal(plan.changes[0]?.payload?.environment, marks)
    const { code, stdout, stderr } = await applySealed(plan)
    assert.is(code, 0, stderr)
    assert.match(stdout, shown)
    assert.is(server.requests.length, 1)
  }),
)

test(
  'a plan that was saved without any is applied',
  inScene(async ({ save, applySealed }) => {
    assert.is((await applySealed(withMarks(await save(), undefined))).code, 0)
  }),
)

const strange: Readonly<Record<string, readonly EnvironmentMark[]>> = {
  'a place that the text lacks': [{ pointer: '/source', name: 'PATH' }],
  'an item that the text lacks': [{ pointer: '/targets/2', name: 'PATH' }],
  'a place that is none': [{ pointer: 'subject', name: 'PATH' }],
  'a variable that callctl.yaml does not name': [{ pointer: '/subject', name: 'HOME' }],
  'a variable that it keeps secret': [{ pointer: '/subject', name: 'HIDDEN' }],
  'one mark twice': [...marks, ...marks],
  'an empty list': [],
}

for (const [name, environment] of Object.entries(strange)) {
  test(
    `sealed anew with ${name}, it is refused`,
    inScene(async ({ save, applySealed, server }) => {
      const { code } = await applySealed(withMarks(await save(), environment))
      assert.is(code, 6)
      assert.is(server.requests.length, 0)
    }),
  )
}

function withMarks(plan: SavedPlan, environment: readonly EnvironmentMark[] | undefined): SavedPlan {
  return {
    ...plan,
    changes: plan.changes.map((change) => {
      if (change.payload === undefined) return change
      const { environment: _own, ...payload } = change.payload
      return { ...change, payload: { ...payload, ...(environment !== undefined && { environment }) } }
    }),
  }
}

test.run()
