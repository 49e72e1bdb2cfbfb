import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serverFor } from '../../helpers/postgres.js'
import { answer, withSharedDesk } from './shared-desk.js'

// One saved plan on several runners.

const test = suite('shared/share')
const { onServer, cluster } = serverFor(test)

const names = Array.from({ length: 40 }, (_, index) => `call-${index}`)

onServer('each call is placed by one of them, and all say that all is done', () =>
  withSharedDesk(cluster(), names, async ({ run, runIn, clone, rung, connections }) => {
    await run('record', 'init')
    await run('plan', '--out', 'plan.json')
    const words = ['apply', 'plan.json', '--yes', '--share', '--concurrency', '2']
    const runners = await Promise.all(
      [1, 2, 3].map((part) => runIn(clone(), ...words, '--part', `${part}/3`)),
    )
    assert.equal(
      runners.map(({ code, stderr }) => [code, stderr]),
      runners.map(({ stderr }) => [0, stderr]),
    )
    assert.is(rung(), names.length)
    // A connection that was made in vain is one for a call that another runner had just claimed.
    assert.ok(connections() < 2 * names.length, `${connections()} connections`)
    // Whoever comes late finds nothing to do.
    const late = await runIn(clone(), ...words)
    assert.is(late.code, 0, late.stderr)
    assert.is(rung(), names.length)
  }),
)

onServer('an outcome that nobody knows is everybody’s', () =>
  withSharedDesk(cluster(), ['one', 'two'], async ({ database, run, runIn, clone, rung }) => {
    await run('record', 'init')
    await run('plan', '--out', 'plan.json')
    const other = clone()
    await run('apply', 'plan.json', '--yes', '--share')
    // As a runner leaves it that was killed after the claim.
    await cluster().sql(
      `delete from callctl.outcome where id = (select id from callctl.claim where address_key = 'one')`,
      database,
    )
    assert.is((await runIn(other, 'apply', 'plan.json', '--yes', '--share')).code, 10)
    assert.is(rung(), 2)
  }),
)

onServer('a plan that is not shared is used up by the first runner', () =>
  withSharedDesk(cluster(), ['one'], async ({ run, runIn, clone, rung }) => {
    await run('record', 'init')
    await run('plan', '--out', 'plan.json')
    const other = clone()
    assert.is((await run('apply', 'plan.json', '--yes')).code, 0)
    assert.is((await runIn(other, 'apply', 'plan.json', '--yes')).code, 6)
    assert.is(rung(), 1)
  }),
)

onServer('it takes a saved plan, a shared record and a part that there is', () =>
  withSharedDesk(cluster(), ['one'], async ({ run }) => {
    await run('record', 'init')
    await run('plan', '--out', 'plan.json')
    for (const words of [
      ['--share'],
      ['plan.json', '--part', '1/2'],
      ['plan.json', '--share', '--part', '3/2'],
      ['plan.json', '--share', '--part', '0/2'],
      ['plan.json', '--share', '--simulator'],
    ])
      assert.is(
        (await run('apply', '--yes', ...words)).code,
        words.includes('--simulator') ? 6 : 3,
        words.join(' '),
      )
  }),
)

onServer('what a living runner has in flight is shown so, and is nobody else’s to settle', () =>
  withSharedDesk(
    cluster(),
    ['one'],
    async ({ run, runIn, clone, next }) => {
      await run('record', 'init')
      const other = clone()
      const applied = run('apply', '--yes')
      const request = await next()
      const planned = await runIn(other, 'plan')
      assert.is(planned.code, 7, planned.stderr)
      assert.match(planned.stdout, 'in flight')
      assert.is((await runIn(other, 'apply', '--yes')).code, 7)
      const checked = await runIn(other, 'record', 'check')
      assert.is(checked.code, 0, checked.stderr)
      assert.match(checked.stdout.replace(/\s+/g, ' '), '1 in flight, 0 of unknown outcome')
      assert.ok(
        checked.stdout.split('\n').every((line) => line.length <= 80),
        checked.stdout,
      )
      const status = await runIn(other, 'status', '--json')
      assert.is(status.code, 0, status.stderr)
      assert.is(JSON.parse(status.stdout).calls[0].inFlight, true)
      assert.match((await runIn(other, 'status')).stdout, /one +in flight/)
      const audit = await runIn(other, 'audit')
      assert.is(audit.code, 0, audit.stderr)
      assert.match(audit.stdout, /attempt 1 +in flight/)
      assert.is((await runIn(other, 'doctor')).stdout.includes('is not known'), false)
      const settled = await runIn(other, 'resolve', 'one', '--not-placed', '--reason', 'who knows', '--yes')
      assert.is(settled.code, 5, settled.stderr)
      assert.match((await runIn(other, 'status', '--runs')).stdout, 'at work, 1 claim, 1 in flight')
      request.answer(answer())
      assert.is((await applied).code, 0)
      const runs = JSON.parse((await runIn(other, 'status', '--runs', '--json')).stdout).runs
      assert.equal(
        runs
          .filter(({ command }: { command: string }) => command === 'apply')
          .map(({ open }: { open: number }) => open),
        [0, 0],
      )
    },
    { holds: true },
  ),
)

onServer('while a runner is at work, nobody goes back to local records', () =>
  withSharedDesk(
    cluster(),
    ['one'],
    async ({ run, runIn, clone, next }) => {
      await run('record', 'init')
      const other = clone()
      const applied = run('apply', '--yes')
      const request = await next()
      assert.is((await runIn(other, 'record', 'export', '--leave')).code, 7)
      request.answer(answer())
      assert.is((await applied).code, 0)
      assert.is((await runIn(other, 'record', 'export', '--leave')).code, 0)
      assert.is((await run('plan')).code, 7)
      assert.match((await runIn(other, 'lock', 'show', '--json')).stderr, 'went back')
    },
    { holds: true },
  ),
)

onServer('a runner of a shared plan waits for what the others have in flight', () =>
  withSharedDesk(
    cluster(),
    ['one'],
    async ({ run, runIn, clone, next, rung }) => {
      await run('record', 'init')
      await run('plan', '--out', 'plan.json')
      const other = clone()
      const first = run('apply', 'plan.json', '--yes', '--share')
      const request = await next()
      let isOver = false
      const second = runIn(other, 'apply', 'plan.json', '--yes', '--share').finally(() => {
        isOver = true
      })
      assert.is(isOver, false)
      request.answer(answer())
      assert.is((await first).code, 0)
      assert.is((await second).code, 0)
      assert.is(rung(), 1)
    },
    { holds: true },
  ),
)

test.run()
