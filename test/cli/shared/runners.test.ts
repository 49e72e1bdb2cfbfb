import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serverFor } from '../../helpers/postgres.js'
import { withSharedDesk } from './shared-desk.js'

// Several machines, one workspace, one database.

const test = suite('shared/runners')
const { onServer, cluster } = serverFor(test, ['fsync=on'])

const names = Array.from({ length: 12 }, (_, index) => `call-${index}`)

const entriesIn = (
  folder: string,
): Readonly<Record<string, { readonly state: string; readonly callId?: string }>> =>
  JSON.parse(readFileSync(join(folder, 'calls.lock.json'), 'utf8')).calls

onServer('two clones that apply at once ring each person once, and know all calls afterwards', () =>
  withSharedDesk(cluster(), names, async ({ folder, run, runIn, clone, rung }) => {
    assert.is((await run('record', 'init')).code, 0)
    const other = clone()
    const both = await Promise.all([run('apply', '--yes'), runIn(other, 'apply', '--yes')])
    assert.is(rung(), names.length)
    // What the other one has in flight is not unknown.
    assert.ok(
      both.every(({ code }) => code === 0 || code === 7),
      both.map(({ code }) => code).join(' '),
    )
    for (const each of [folder, other]) {
      assert.is((await runIn(each, 'lock', 'rebuild')).code, 0)
      const entries = Object.values(entriesIn(each))
      assert.equal(
        entries.map(({ state }) => state),
        names.map(() => 'placed'),
      )
    }
    assert.equal(entriesIn(folder), entriesIn(other))
    assert.is((await runIn(clone(), 'apply', '--yes')).code, 0)
    assert.is(rung(), names.length)
  }),
)

onServer('a clone whose lockfile is older goes on, and rings nobody again', () =>
  withSharedDesk(cluster(), names, async ({ run, runIn, clone, rung }) => {
    await run('record', 'init')
    const older = clone()
    assert.is((await run('apply', '--yes')).code, 0)
    const planned = await runIn(older, 'plan', '--detailed-exitcode')
    assert.is(planned.code, 0, planned.stdout + planned.stderr)
    assert.is((await runIn(older, 'apply', '--yes')).code, 0)
    assert.is(rung(), names.length)
    assert.is(Object.keys(entriesIn(older)).length, names.length)
  }),
)

onServer('one saved plan on two machines, before the first call, rings once', () =>
  withSharedDesk(cluster(), names, async ({ folder, run, runIn, clone, rung }) => {
    await run('record', 'init')
    assert.is((await run('plan', '--out', 'plan.json')).code, 0)
    const other = clone()
    await Promise.all([run('apply', 'plan.json', '--yes'), runIn(other, 'apply', 'plan.json', '--yes')])
    assert.is(rung(), names.length)
    assert.ok(folder !== other)
  }),
)

onServer('a call that another machine does not know the end of is settled by a person, for all', () =>
  withSharedDesk(cluster(), ['one'], async ({ database, run, runIn, clone, rung }) => {
    await run('record', 'init')
    await run('apply', '--yes')
    // As a runner leaves it that was killed after the claim, an hour ago.
    await cluster().sql(
      `delete from callctl.outcome; update callctl.claim set claim = replace(claim, substring(claim from '"claimedAt":"[^"]*"'), '"claimedAt":"2026-01-01T00:00:00Z"')`,
      database,
    )
    const [other, third] = [clone(), clone()]
    writeFileSync(
      join(other, 'calls.lock.json'),
      emptied(readFileSync(join(other, 'calls.lock.json'), 'utf8')),
    )
    assert.is((await runIn(other, 'plan')).code, 10)
    const settled = await runIn(other, 'resolve', 'one', '--not-placed', '--reason', 'nobody rang', '--yes')
    assert.is(settled.code, 0, settled.stderr)
    writeFileSync(
      join(third, 'calls.lock.json'),
      emptied(readFileSync(join(third, 'calls.lock.json'), 'utf8')),
    )
    assert.is((await runIn(third, 'apply', '--yes')).code, 0)
    assert.is(rung(), 2)
  }),
)

/** The lockfile as it was before the first call. */
const emptied = (text: string): string => JSON.stringify({ ...JSON.parse(text), calls: {} })

onServer('what another machine has just claimed is not settled by a person', () =>
  withSharedDesk(cluster(), ['one'], async ({ database, run, runIn, clone }) => {
    await run('record', 'init')
    const other = clone()
    await run('apply', '--yes')
    await cluster().sql('delete from callctl.outcome', database)
    const refused = await runIn(other, 'resolve', 'one', '--not-placed', '--reason', 'nobody rang', '--yes')
    assert.is(refused.code, 5, refused.stderr)
    assert.match(refused.stderr, 'may be in flight')
  }),
)

onServer('a call that one machine hung up has ended on the other', () =>
  withSharedDesk(cluster(), ['one'], async ({ run, runIn, clone }) => {
    await run('record', 'init')
    await run('apply', '--yes')
    const other = clone()
    const hung = await run('hangup', 'one')
    assert.is(hung.code, 0, hung.stderr + hung.stdout)
    await runIn(other, 'lock', 'rebuild')
    assert.is(entriesIn(other)['one']?.state, 'ended')
  }),
)

onServer('a database that dies while calls are placed is waited for: nobody twice, no id lost', () =>
  withSharedDesk(cluster(), names, async ({ folder, run, rung }) => {
    await run('record', 'init')
    const applied = run('apply', '--yes', '--concurrency', '2')
    while (rung() < 3) await new Promise((resolve) => setImmediate(resolve))
    await cluster().stop('SIGKILL')
    await cluster().start(['fsync=on'])
    const { code, stdout, stderr } = await applied
    assert.is(code, 0, stdout + stderr)
    assert.is(rung(), names.length)
    assert.ok(Object.values(entriesIn(folder)).every(({ callId }) => callId !== undefined))
  }),
)

test.run()
