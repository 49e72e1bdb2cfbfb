import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  code,
  codeBlock,
  fold,
  htmlCode,
  listItems,
  wholeCode,
} from '../../../src/report/review/markdown-text.js'

const test = suite('markdown-text')

test('a code span is fenced by more backticks than it holds', () => {
  assert.is(code('plain'), '`plain`')
  assert.is(code('a ` b `` c'), '```a ` b `` c```')
  assert.is(code('`x`'), '`` `x` ``')
})

test('spaces at both ends stay', () => {
  assert.is(code(' x '), '`  x  `')
})

test('blank text is shown in quotes', () => {
  assert.is(code(''), '`""`')
  assert.is(code('  '), '`"  "`')
})

test('a line end or a character without width is spelled out', () => {
  assert.is(code('a\nb\u202e'), '`a\\u{a}b\\u{202e}`')
})

test('long text is cut, unless it must be whole', () => {
  assert.is(code('x'.repeat(1_000_000), 5), '`xxxx…`')
  assert.is(code('😀'.repeat(10), 5), '`😀😀😀😀…`')
  assert.is(wholeCode('x'.repeat(1_000)).length, 1_002)
})

test('in HTML nothing but letters, digits and spaces stays as it is', () => {
  assert.is(htmlCode('a <b>@c'), '<code>a &#60;b&#62;&#64;c</code>')
})

test('a block of code is fenced by more backticks than a line holds', () => {
  assert.is(codeBlock('diff', ['+````']), '`````diff\n+````\n`````')
})

test('a fold has its body between blank lines, so that it is Markdown', () => {
  assert.is(fold('s', '- b'), '<details><summary>s</summary>\n\n- b\n\n</details>')
})

test('items that are left out are counted', () => {
  assert.is(listItems([1, 2, 3], 2, String), '- 1\n- 2\n- and 1 more, in the JSON report')
  assert.is(listItems([1], 0, String), '')
})

test.run()
