import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commands } from '../../src/cli/table/commands.js'
import { callctlProcess } from '../helpers/callctl-process.js'
import { peerCalls } from '../helpers/callctl-workspace.js'
import { withRepository } from '../helpers/repository.js'

// The built program has the pieces of every command: other tests run most of them in their own process.

const test = suite('launch/callctl')

const files = {
  ...peerCalls(['one']),
  'calls/one.test.yaml': 'tests: { it rings one: { address: one, expect: { kind: peer-to-peer } } }\n',
}

/** In this order, with what each exits with. */
const runs: Readonly<Record<string, readonly [words: string, code: number]>> = {
  init: ['new', 0],
  schema: ['calls', 0],
  fmt: ['', 0],
  validate: ['', 0],
  compile: ['--format ndjson', 0],
  plan: ['--simulator', 0],
  apply: ['--yes --simulator', 0],
  status: ['--simulator', 0],
  explain: ['one', 0],
  test: ['', 0],
  diff: ['HEAD', 0],
  doctor: ['--simulator', 0],
  call: ['get one --simulator', 0],
  hangup: ['one --simulator', 0],
  resolve: ['one --placed call-9 --simulator', 3],
  forget: ['one --yes --simulator', 0],
  import: ['call-77 --as one --simulator', 5],
  lock: ['verify --simulator', 0],
  record: ['check', 3],
  audit: ['--simulator', 0],
  completion: ['bash', 0],
  simulator: ['--port none', 3],
  template: ['list', 0],
}

test('each command is tried', () => {
  assert.equal(Object.keys(runs).sort(), Object.keys(commands).sort())
})

test('the built program runs each command', () =>
  withRepository(files, async ({ folder: cwd }) => {
    const observed: Record<string, number | null> = {}
    for (const [command, [words]] of Object.entries(runs)) {
      const { code, stderr } = await callctlProcess(
        [command, ...words.split(' ').filter((word) => word !== '')],
        { cwd },
      )
      assert.not.match(stderr, 'has a bug')
      observed[command] = code
    }
    const expected = Object.entries(runs).map(([command, [, code]]) => [command, code])
    assert.equal(observed, Object.fromEntries(expected))
  }))

test.run()
