import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serverFor } from '../../helpers/postgres.js'
import { type SharedDesk, withSharedDesk } from './shared-desk.js'

// Each database that may not hold what it says is refused by its own message, with exit 7, before anybody is rung.

const test = suite('shared/refusals')
const { onServer, cluster } = serverFor(test)

type Broken = (desk: SharedDesk) => Promise<unknown>

const sql =
  (text: string): Broken =>
  ({ database }) =>
    cluster().sql(text, database)

/** What is done to a record that holds one call, and what an apply of another one says to it. */
const cases: readonly (readonly [name: string, broken: Broken, says: RegExp])[] = [
  ['no schema', sql('drop schema callctl cascade'), /has no schema/],
  ['a newer schema', sql('insert into callctl.version values (99)'), /version 99/],
  ['a missing table', sql('drop table callctl.ruling'), /callctl\.ruling is missing/],
  ['an unlogged table', sql('alter table callctl.outcome set unlogged'), /callctl\.outcome is unlogged/],
  [
    'a missing key',
    sql('alter table callctl.claim drop constraint claim_pkey'),
    /callctl\.claim lacks a key/,
  ],
  [
    'ids that may repeat',
    sql('alter table callctl.claim drop constraint claim_id cascade'),
    /callctl\.claim lacks a key/,
  ],
  [
    'a trigger',
    sql(`create function callctl.no() returns trigger language plpgsql as 'begin return null; end';
create trigger no before insert on callctl.claim for each row execute function callctl.no()`),
    /has a trigger or a rule/,
  ],
  [
    'a rule',
    sql('create rule no as on insert to callctl.claim do instead nothing'),
    /has a trigger or a rule/,
  ],
  [
    'a database that was set back',
    sql('delete from callctl.outcome; delete from callctl.claim'),
    /lacks 1 attempt that it had/,
  ],
  [
    'another workspace’s',
    sql(
      'delete from callctl.outcome; delete from callctl.claim; delete from callctl.run; delete from callctl.workspace',
    ),
    /does not know this workspace/,
  ],
  ['one that went back to local records', sql('update callctl.workspace set closed_at = now()'), /went back/],
  [
    'a lockfile that is gone, here and on the disk',
    async ({ folder }) => {
      rmSync(join(folder, 'calls.lock.json'))
      rmSync(join(folder, '.callctl'), { recursive: true, force: true })
    },
    /no lockfile here/,
  ],
]

for (const [name, broken, says] of cases)
  onServer(`${name}: refused`, () =>
    withSharedDesk(cluster(), ['one', 'two'], async (desk) => {
      await desk.run('record', 'init')
      assert.is((await desk.run('apply', '--yes', '--only', 'one')).code, 0)
      await broken(desk)
      const { code, stderr } = await desk.run('apply', '--yes')
      assert.is(code, 7, stderr)
      assert.match(stderr.replace(/\s+/g, ' '), says)
      assert.is(desk.rung(), 1)
      for (const words of [['plan'], ['status'], ['doctor'], ['audit'], ['record', 'check']])
        assert.is((await desk.run(...words)).code, 7, words.join(' '))
    }),
  )

for (const [setting, value] of [
  ['fsync', 'off'],
  ['full_page_writes', 'off'],
] as const)
  onServer(`${setting}=${value}: refused`, () =>
    withSharedDesk(cluster(), ['one'], async (desk) => {
      await desk.run('record', 'init')
      await cluster().stop()
      await cluster().start([`${setting}=${value}`])
      const { code, stderr } = await desk.run('apply', '--yes')
      await cluster().stop()
      await cluster().start()
      assert.is(code, 7)
      assert.match(stderr.replace(/\s+/g, ' '), `its setting \`${setting}\` is ${value}`)
      assert.is(desk.rung(), 0)
    }),
  )

onServer('a role whose commits do not wait waits here all the same', () =>
  withSharedDesk(cluster(), ['one'], async (desk) => {
    await cluster().sql(`alter database ${desk.database} set synchronous_commit = off`)
    await cluster().sql(
      `alter database ${desk.database} set default_transaction_isolation = 'repeatable read'`,
    )
    await desk.run('record', 'init')
    assert.is((await desk.run('apply', '--yes')).code, 0)
  }),
)

onServer(
  'without its address, or with one that nobody answers, nothing is sent, and the disk is no way out',
  () =>
    withSharedDesk(cluster(), ['one'], async (desk) => {
      const { callctl } = await import('../../helpers/callctl.js')
      await desk.run('record', 'init')
      const { CALLCTL_RECORD: _, ...rest } = desk.environment
      for (const environment of [rest, { ...rest, CALLCTL_RECORD: 'postgres://127.0.0.1:1/none' }]) {
        const { code } = await callctl(['apply', '--yes'], { cwd: desk.folder, environment })
        assert.is(code, 7)
      }
      // The run lock lies on this machine, and is freed without a database.
      assert.is((await callctl(['lock', 'release'], { cwd: desk.folder, environment: rest })).code, 0)
      // Nor is taking the setting out.
      assert.is((await desk.run('apply', '--yes')).code, 0)
      writeFileSync(join(desk.folder, 'callctl.yaml'), desk.read('callctl.yaml').replace(/record:.*\n/, ''))
      for (const environment of [rest, desk.environment])
        assert.is((await callctl(['apply', '--yes'], { cwd: desk.folder, environment })).code, 7)
      assert.is(desk.rung(), 1)
    }),
)

onServer(
  'the lockfile says that the record is shared, and a runner that knows nothing else of it stays',
  () =>
    withSharedDesk(cluster(), ['one'], async (desk) => {
      await desk.run('record', 'init')
      assert.equal(JSON.parse(desk.read('calls.lock.json')).record, { kind: 'postgres' })
      await desk.run('apply', '--yes')
      // As a machine of its own that has the folder alone: callctl.yaml says nothing, and there is no note.
      const clone = desk.clone()
      writeFileSync(join(clone, 'callctl.yaml'), desk.read('callctl.yaml').replace(/record:.*\n/, ''))
      const { callctl } = await import('../../helpers/callctl.js')
      const { CALLCTL_RECORD: _, ...environment } = desk.environment
      for (const words of [['apply', '--yes'], ['plan'], ['status'], ['hangup', '--all'], ['lock', 'show']]) {
        const { code, stderr } = await callctl(words, { cwd: clone, environment })
        assert.is(code, 7, words.join(' '))
        assert.match(stderr.replace(/\s+/g, ' '), 'says that this workspace’s record is shared')
      }
      assert.is((await desk.runIn(desk.folder, 'record', 'export', '--leave')).code, 0)
      assert.is(JSON.parse(desk.read('calls.lock.json')).record, undefined)
      assert.is(desk.rung(), 1)
    }),
)

onServer('while nobody answers, what is known here can be looked at and hung up, and it is said', () =>
  withSharedDesk(cluster(), ['one', 'two'], async (desk) => {
    const { callctl } = await import('../../helpers/callctl.js')
    await desk.run('record', 'init')
    await desk.run('apply', '--yes', '--only', 'one')
    const away = { ...desk.environment, CALLCTL_RECORD: 'postgres://127.0.0.1:1/none' }
    const alone = (...words: readonly string[]) => callctl(words, { cwd: desk.folder, environment: away })
    const status = await alone('status', '--json')
    assert.is(status.code, 7)
    assert.equal(
      JSON.parse(status.stdout).calls.map(({ address }: { address: string }) => address),
      ['one'],
    )
    const hungUp = await alone('hangup', '--all')
    assert.is(hungUp.code, 7)
    assert.match(hungUp.stderr.replace(/\s+/g, ' '), 'calls that other runners placed since may be missing')
    assert.equal(desk.hungUp(), [desk.given('one')])
    // What ended is news for the others, once the database answers.
    assert.is((await desk.run('apply', '--yes', '--only', 'two')).code, 0)
    const rows = await cluster().sql('select count(*)::int as count from callctl.ending', desk.database)
    assert.is(rows[0]?.['count'], 1)
    assert.is(desk.rung(), 2)
  }),
)

test.run()
