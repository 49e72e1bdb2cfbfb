import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { plural } from '../../../src/model/words/count.js'
import { cutText, paint, showText, wrapText } from '../../../src/report/text/paint.js'

const test = suite('paint')

test('text is broken at spaces, and further lines are indented', () => {
  assert.is(wrapText('one two three four', 9, '  '), 'one two\n  three\n  four')
})

test('what stands before the first line takes room of that line alone', () => {
  assert.is(wrapText('one two three four five', 12, '  ', 6), 'one\n  two three\n  four five')
})

test('what stands between marks is copied: no end of a line breaks it', () => {
  const command = '`callctl resolve page-1 --not-placed --env production`'
  const lines = wrapText(`Then type ${command}. Or ask (${command}), and wait.`, 30, '').split('\n')
  assert.is(lines.filter((line) => line.includes(command)).length, 2, lines.join('\n'))
})

test('nothing is lost or made up where marks are odd, double or far apart', () => {
  for (const text of ['a`b c`d`e f`g', 'one ` two three', '`a b``c d` e', `\`${'x '.repeat(100)}y\``, ''])
    assert.is(wrapText(text, 8, '').replaceAll('\n', ' '), text)
  assert.is(
    wrapText(`\`${'x '.repeat(100)}\``, 20, '')
      .split('\n')
      .some((line) => line.length > 20),
    false,
  )
})

test('no line begins with what a CI system takes for a command', () => {
  for (const word of ['::set-output name=x::y', '##[error]x']) {
    const lines = wrapText(`${'a'.repeat(12)} ${word}`, 12, '  ').split('\n')
    assert.not.ok(lines.some((line) => /^\s*(?:::|##)/.test(line)))
  }
})

test('control, direction and invisible characters are spelled out', () => {
  assert.is(showText('a\u001b[2J\u202e\u200b\u009bz'), 'a\\u{1b}[2J\\u{202e}\\u{200b}\\u{9b}z')
  assert.is(showText('Zoë 😀'), 'Zoë 😀')
})

test('nothing is left that an agent takes for a command within a line', () => {
  assert.is(showText('x ##vso[task.complete]'), 'x \\u{23}#vso[task.complete]')
  assert.is(showText('x #\ufe0f#[add-mask]y'), 'x \\u{23}\ufe0f#[add-mask]y')
  assert.is(showText('  ::error::x'), '  \\u{3a}:error::x')
  assert.is(showText('a::b ## c #1'), 'a::b ## c #1')
})

test('without color, text is as it is', () => {
  assert.is(paint({ hasColor: false, columns: 80 }, 'red', 'x'), 'x')
  assert.is(paint({ hasColor: true, columns: 80 }, 'red', 'x'), '\u001b[31mx\u001b[39m')
})

test('a cut is shown', () => {
  assert.is(cutText('abcdef', 4), 'abc…')
  assert.is(cutText('abcd', 4), 'abcd')
})

test('counts agree with their nouns', () => {
  assert.is(plural(1, 'call'), '1 call')
  assert.is(plural(2, 'person', 'people'), '2 people')
})

test.run()
