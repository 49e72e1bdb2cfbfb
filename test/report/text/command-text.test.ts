import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolveCommands } from '../../../src/report/record/evidence-text.js'
import { formatCommand, hangCommand } from '../../../src/report/text/command-text.js'

const test = suite('report/command-text')

/** The words as a shell gives them to a program. */
function wordsOf(command: string): readonly string[] {
  const script = `callctl() { printf '%s\\n' "$@"; }; HOME=/nobody; ${command}`
  return spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout.trimEnd().split('\n')
}

test('a shell reads each word as it was', () => {
  const words = ['resolve', "it's@INC 1", '~root', '$(x)', 'a;b', '*', 'http://[::1]:8/', 'é']
  assert.equal(wordsOf(formatCommand(...words)), words)
})

test('a command that is too long for a line is continued, and a shell reads it as it was', () => {
  const words = ['resolve', 'a'.repeat(61), '--not-placed', '--reason', "it's  quiet", '--env', 'x y z']
  const text = hangCommand(formatCommand(...words), { columns: 80 }, 4)
  assert.equal(wordsOf(text), words)
  assert.ok(text.split('\n').length > 1)
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line)
})

test('one that fits stands as it is', () => {
  assert.is(hangCommand('callctl status', { columns: 80 }, 4), 'callctl status')
})

test('what is plain is not quoted', () => {
  const command = formatCommand('resolve', 'bridge@INC-7/2', '--simulator', 'http://127.0.0.1:8080')
  assert.is(command, 'callctl resolve bridge@INC-7/2 --simulator http://127.0.0.1:8080')
})

test('commands lead to the same record, and an id that begins as an option does is none', () => {
  assert.equal(resolveCommands('a b', ['--env', 'prod'], ['x', '-y']), [
    "callctl resolve 'a b' --placed x --env prod",
    "callctl resolve 'a b' --placed=-y --env prod",
    "callctl resolve 'a b' --not-placed --env prod",
  ])
  assert.equal(resolveCommands('a', ['--simulator']), [
    'callctl resolve a --placed CALL-ID --simulator',
    'callctl resolve a --not-placed --simulator',
  ])
})

test.run()
