import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readArguments } from '../../../src/cli/frame/arguments.js'
import { commands } from '../../../src/cli/table/commands.js'
import { UsageError } from '../../../src/model/errors.js'

const test = suite('arguments')

function hintOf(words: readonly string[], command = 'apply'): string {
  try {
    readArguments(words, commands[command]!.options, command)
  } catch (error) {
    assert.instance(error, UsageError)
    return (error as UsageError).hint ?? ''
  }
  throw new Error('it was taken')
}

for (const [words, expected] of [
  [['--simulatr'], '`--simulator`'],
  [['--onyl', 'x'], '`--only`'],
  [['--exept=x'], '`--except`'],
  [['-y'], '`--yes`'],
  [['--auto-approve'], '`--yes`'],
  [['--auto-approve=true'], '`--yes`'],
  [['--exclude', 'x'], '`--except`'],
  [['--dry-run'], 'callctl plan'],
  [['-n'], 'callctl plan'],
  [['--simulator', 'localhost:8000'], 'http://localhost:8000'],
  [['--simulator', '127.0.0.1:8000'], 'http://127.0.0.1:8000'],
  [['--simulator', 'localhost'], 'http://localhost'],
] as const) {
  test(`${words.join(' ')} is refused, with what is meant`, () => {
    assert.match(hintOf(words), expected)
  })
}

test('where nothing is near, the help of this very command is named', () => {
  assert.match(hintOf(['--latency', '3'], 'simulator'), '`callctl help simulator`')
  assert.match(hintOf(['--port'], 'simulator'), '`callctl help simulator`')
})

test('a word of another tool is suggested only where the command has the option', () => {
  assert.not.match(hintOf(['-y'], 'plan'), '--yes')
})

for (const words of [['--simulator', 'calls/'], ['--simulator'], ['calls/', '--simulator', '--yes']]) {
  test(`${words.join(' ')} is taken`, () => {
    assert.is(readArguments(words, commands['apply']!.options).text('simulator'), 'in-process')
  })
}

test.run()
