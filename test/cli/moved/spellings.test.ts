// One address in several spellings, names by position, occasions and renamed calls, from the files to the simulator.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { runSimulator } from '../../helpers/callctl-simulator.js'
import {
  peerCalls,
  readEntries,
  userOf,
  type Workspace,
  withWorkspace,
} from '../../helpers/callctl-workspace.js'

const test = suite('cli/spellings')

const { 'calls/calls.yaml': _, ...shared } = peerCalls([])

const calls = (definition: string): string => `variables: { incident: INC-1 }
data: { people: { file: ../people.csv } }
calls:
${definition}`

const rows = (...ids: readonly string[]): string => `id\n${ids.join('\n')}\n`
const notify = calls(`  "notify-{{p.id}}":
    forEach: "{{people}}"
    as: p
    uses: p2p-voip
    with: { userId: "{{p.id}}" }
`)
const page = notify.replace('notify-{{p.id}}', 'page-{{@index}}')
const bridge = calls(`  bridge:
    uses: p2p-voip
    oncePer: "{{incident}}"
    with: { userId: "${userOf('adele')}" }
`)

interface World {
  readonly place: Workspace
  run(...words: readonly string[]): Promise<Finished>
  /** How many calls rang, by the simulator's log. */
  rang(): number
}

const inWorld = (files: Readonly<Record<string, string>>, work: (world: World) => Promise<void>) => () =>
  withWorkspace({ ...shared, 'people.csv': rows(), ...files }, (place) =>
    runSimulator('none=1x', place, async (simulator) => {
      const run = (...words: readonly string[]) =>
        callctl([...words, '--simulator', simulator.url], { cwd: place.folder })
      await work({ place, run, rang: () => simulator.created().length })
    }),
  )

interface Planned {
  readonly changes: readonly { address: string; action: string; code?: string; reason: string }[]
  readonly occasions?: readonly object[]
}

const planned = ({ stdout }: Finished): Planned => JSON.parse(stdout) as Planned

const lockfile = '.callctl/simulator.lock.json'

test(
  'a list that is exported again with capitals rings nobody, also where its calls may be placed again',
  inWorld(
    { 'calls/a.yaml': notify, 'people.csv': rows(userOf('adele'), userOf('diego')) },
    async ({ place, run, rang }) => {
      assert.is((await run('apply', '--yes')).code, 0)
      assert.is(rang(), 2)
      place.write('people.csv', rows(userOf('adele'), userOf('diego')).toUpperCase().replace('ID', 'id'))
      for (const text of [notify, `${notify}    onChange: redial\n`]) {
        place.write('calls/a.yaml', text)
        assert.is((await run('apply', '--yes')).code, 0)
        assert.is(rang(), 2)
      }
      const { changes } = planned(await run('plan', '--json'))
      assert.equal(
        changes.map(({ action }) => action),
        ['changed', 'changed'],
      )
      for (const { address, reason } of changes) assert.match(reason, address.toLowerCase())
    },
  ),
)

test(
  'commands find a call in any spelling, and keep the one that is recorded',
  inWorld({ 'calls/a.yaml': bridge }, async ({ place, run, rang }) => {
    assert.is((await run('apply', '--yes')).code, 0)
    assert.is((await run('status', 'BRIDGE@inc-1')).code, 0)
    assert.is((await run('call', 'get', 'Bridge@inc-1')).code, 0)
    assert.is((await callctl(['explain', 'bridge@Inc-1'], { cwd: place.folder })).code, 0)
    assert.is((await run('apply', '--yes', '--only', 'bridge@inc-1', '--redial', 'BRIDGE@INC-1')).code, 0)
    assert.is(rang(), 2)
    assert.is((await run('import', 'call-9', '--as', 'bridge@inc-1')).code, 3)
    assert.is((await run('hangup', 'bridge@inc-1')).code, 0)
    assert.equal(Object.keys(readEntries(place, lockfile)), ['bridge@INC-1'])
    assert.is((await run('forget', 'bridge@inc-1', '--yes')).code, 0)
    assert.equal(readEntries(place, lockfile), {})
    assert.is((await run('apply', '--yes', '--var', 'incident=inc-1')).code, 0)
    assert.equal(Object.keys(readEntries(place, lockfile)), ['bridge@inc-1'])
  }),
)

test(
  'a name that is near is proposed',
  inWorld({ 'calls/a.yaml': bridge }, async ({ run }) => {
    assert.is((await run('apply', '--yes')).code, 0)
    for (const words of [
      ['status', 'bridge@INC-2'],
      ['forget', 'bridge@INC-2'],
      ['resolve', 'bridge@INC-2', '--not-placed'],
      ['plan', '--redial', 'bridge@INC-2'],
    ]) {
      const { code, stderr } = await run(...words)
      assert.is(code, 3)
      assert.match(stderr, 'bridge@INC-1')
    }
  }),
)

test(
  'a row put in front of calls that are named by position blocks, and says so before',
  inWorld(
    { 'calls/a.yaml': page, 'people.csv': rows('a', 'b', 'c').replace(/\b[abc]\b/g, userOf) },
    async ({ place, run, rang }) => {
      const first = await run('apply', '--yes')
      assert.is(first.code, 0)
      assert.match(first.stderr, 'lint/name-by-position')
      place.write('people.csv', rows('x', 'a', 'b', 'c').replace(/\b[xabc]\b/g, userOf))
      assert.is((await run('apply', '--yes')).code, 5)
      assert.is(rang(), 3)
      const { changes } = planned(await run('plan', '--json'))
      assert.is(changes.find(({ address }) => address === 'page-3')?.code, 'plan/renamed')
      assert.is((await run('apply', '--yes', '--only', 'page-3')).code, 0)
      assert.is(rang(), 4)
    },
  ),
)

test(
  'a call renamed and exported with capitals is a rename all the same',
  inWorld(
    { 'calls/a.yaml': notify, 'people.csv': rows(userOf('diego').toUpperCase()) },
    async ({ place, run, rang }) => {
      assert.is((await run('apply', '--yes')).code, 0)
      place.write('people.csv', rows(userOf('diego')))
      place.write('calls/a.yaml', notify.replace('notify-', 'ring-'))
      assert.is((await run('apply', '--yes')).code, 5)
      assert.is(rang(), 1)
    },
  ),
)

test(
  '--prune leaves earlier occasions of a definition that is there alone, and hangs up what is gone',
  inWorld({ 'calls/a.yaml': bridge }, async ({ place, run }) => {
    assert.is((await run('apply', '--yes')).code, 0)
    assert.is((await run('apply', '--yes', '--prune', '--var', 'incident=INC-2')).code, 0)
    const states = () => Object.values(readEntries(place, lockfile)).map(({ state }) => state)
    assert.equal(states(), ['placed', 'placed'])
    const shown = await run('plan', '--var', 'incident=INC-3')
    assert.match(shown.stdout, 'bridge: 2 earlier occasions, 2 live')
    const { occasions } = planned(await run('plan', '--json', '--var', 'incident=INC-3'))
    assert.equal(occasions, [{ name: 'bridge', count: 2, live: 2 }])
    place.write('calls/a.yaml', bridge.replace('bridge:', 'room:').replace(userOf('adele'), userOf('diego')))
    assert.is((await run('apply', '--yes', '--prune')).code, 0)
    assert.equal(states(), ['ended', 'ended', 'placed'])
  }),
)

const invite = (address: string) => ['call', 'invite', address, '--user', userOf('diego'), '--yes'] as const

test(
  'an invitation is the live call’s, whatever that is named; another call under its old name is another call',
  inWorld({ 'calls/a.yaml': peer('old', 'adele') }, async ({ place, run }) => {
    assert.is((await run('apply', '--yes')).code, 0)
    assert.is((await run(...invite('old'))).code, 0)
    place.write('calls/a.yaml', peer('new', 'adele', 'old'))
    assert.is((await run('apply', '--yes')).code, 0)
    const again = await run(...invite('new'))
    assert.is(again.code, 0)
    assert.match(again.stdout, 'nothing was sent')
    const listed = await run('call', 'rings', 'NEW', '--json')
    assert.match(listed.stdout, '"address": "old"')
    place.write('calls/b.yaml', peer('old', 'megan'))
    assert.is((await run('apply', '--yes')).code, 0)
    const other = await run(...invite('old'))
    assert.is(other.code, 0, other.stderr)
    assert.not.match(other.stdout, 'nothing was sent')
  }),
)

function peer(name: string, user: string, movedFrom?: string): string {
  const moved = movedFrom === undefined ? '' : `, movedFrom: ${movedFrom}`
  return `calls: { ${name}: { uses: p2p-voip, with: { userId: "${userOf(user)}" }${moved} } }\n`
}

test(
  'two calls that differ in spelling alone are a clash that names both',
  inWorld({ 'calls/a.yaml': peer('ping', 'adele') }, async ({ place }) => {
    place.write('calls/b.yaml', peer('PING', 'diego'))
    const { code, stdout } = await callctl(['validate'], { cwd: place.folder })
    assert.is(code, 4)
    assert.match(stdout, 'calls/a.yaml')
    assert.match(stdout, 'calls/b.yaml')
  }),
)

test.run()
