import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { validate } from '../../../src/cli/commands/validate.js'
import { readArguments } from '../../../src/cli/frame/arguments.js'
import { withCompilingLine } from '../../../src/cli/frame/with-compiling-line.js'
import type { Host } from '../../../src/model/host.js'
import { peerCalls, withWorkspace } from '../../helpers/callctl-workspace.js'
import { fakeHost } from '../fake-host.js'

const test = suite('the line while compiling')

const options = { json: { type: 'boolean' } } as const
const redraw = '\r\u001b[K'

/** A clock that moves by so many milliseconds whenever it is looked at. */
function ticking(step: number): Pick<Host, 'now'> {
  let time = 0
  return {
    now() {
      time += step
      return time
    },
  }
}

/** What is written while so many calls are counted. */
function written(calls: number, host = fakeHost(ticking(10), true), ...words: string[]): string {
  withCompilingLine(readArguments(words, options), host, (count) => {
    for (let call = 0; call < calls; call += 1) count?.()
  })
  return host.written.stderr
}

test('nothing within a second', () => assert.is(written(99), ''))

test('after a second the line stands, at most ten times a second, and is taken away at the end', () => {
  const one = `${redraw}compiling 100 calls, 101/s`
  assert.is(written(109), one + redraw)
  assert.is(written(115), `${one}${redraw}compiling 110 calls, 101/s${redraw}`)
})

test('it is taken away before an error is told', () => {
  const host = fakeHost(ticking(1001), true)
  const work = (): unknown =>
    withCompilingLine(readArguments([], options), host, (count) => {
      count?.()
      throw new Error('bug')
    })
  assert.throws(work, 'bug')
  assert.is(host.written.stderr, `${redraw}compiling 1 call${redraw}`)
})

test('none off a terminal, on a dumb one, or with --json', () => {
  assert.is(written(500, fakeHost(ticking(10))), '')
  assert.is(written(500, fakeHost({ ...ticking(10), environment: { TERM: 'dumb' } }, true)), '')
  assert.is(written(500, fakeHost(ticking(10), true), '--json'), '')
})

test('a command that compiles for long shows it', () =>
  withWorkspace(peerCalls(['one', 'two', 'three']), async ({ folder }) => {
    const host = fakeHost({ ...ticking(600), cwd: folder }, true)
    assert.is(await validate(readArguments([], options), host), 0)
    assert.is(host.written.stderr, `${redraw}compiling 2 calls, 3/s${redraw}compiling 3 calls, 3/s${redraw}`)
    assert.is(host.written.stdout, 'valid: 3 calls\n')
  }))

test.run()
