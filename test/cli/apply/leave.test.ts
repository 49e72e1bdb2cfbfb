import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callsIn, exits, inWorld } from '../moved/moved-world.js'

// `--redial NAME` says that a workspace that is gone was another one. A saved plan carries that leave: where a pipeline
// applies it, nobody could give it any more.

const test = suite('leave')

const givenUp = { ...callsIn('team', 'a', 'b'), ...callsIn('ops', 'a', 'b') }
const settings = (names: string): string => `${callsIn('', 'a')['callctl.yaml']}environments: { ${names} }\n`

test(
  'leave for an address of a workspace that was given up goes with the plan',
  inWorld(givenUp, async ({ repository, callctl, apply, rings }) => {
    exits(await apply('team'), 0)
    repository.commit()
    repository.remove('team')
    repository.commit()
    exits(await callctl('ops', 'plan', '--only', 'a', '--out', '../without.json'), 0)
    exits(await apply('ops', '../without.json'), 7)
    const planned = await callctl('ops', 'plan', '--only', 'a', '--redial', 'a', '--out', '../plan.json')
    exits(planned, 0)
    assert.match(planned.stdout, 'with leave')
    const applied = await apply('ops', '../plan.json')
    exits(applied, 0)
    assert.match(applied.stdout, 'with leave')
    exits(await apply('ops', '../plan.json'), 6)
    assert.is(rings('a'), 2)
  }),
)

test(
  'leave for one address is none for another',
  inWorld(givenUp, async ({ repository, callctl, apply, rings }) => {
    exits(await apply('team'), 0)
    repository.commit()
    repository.remove('team')
    exits(await callctl('ops', 'plan', '--redial', 'a', '--out', '../plan.json'), 0)
    exits(await apply('ops', '../plan.json'), 7)
    assert.is(rings('a') + rings('b'), 2)
  }),
)

test(
  'leave for an environment that only a branch has goes with the plan to another clone',
  inWorld(
    { ...callsIn('', 'a'), 'callctl.yaml': settings('staging: {}') },
    async ({ repository, callctl, apply, rings }) => {
      repository.git('checkout', '-q', '-b', 'rehearsal')
      repository.write('callctl.yaml', settings('staging: {}, rehearsal: {}'))
      exits(await apply('', '--env', 'rehearsal'), 0)
      repository.commit()
      repository.git('checkout', '-q', 'main')
      repository.git('clone', '-q', '.', '../clone')
      exits(await apply('../clone'), 7)
      exits(await callctl('', 'plan', '--redial', 'a', '--out', '../plan.json'), 0)
      exits(await apply('../clone', '../plan.json'), 0)
      assert.is(rings('a'), 2)
    },
  ),
)

test(
  'leave does not reach what this workspace placed itself',
  inWorld(callsIn('', 'a'), async ({ repository, callctl, apply, rings }) => {
    exits(await callctl('', 'plan', '--redial', 'a', '--out', '../plan.json'), 0)
    repository.git('clone', '-q', '.', '../clone')
    exits(await apply('../clone'), 0)
    repository.git('-C', '../clone', 'add', '-A')
    repository.git('-C', '../clone', 'commit', '-q', '-m', 'placed')
    repository.git('fetch', '-q', '../clone', 'HEAD:refs/remotes/origin/main')
    exits(await apply('', '../plan.json'), 7)
    assert.is(rings('a'), 1)
  }),
)

test.run()
