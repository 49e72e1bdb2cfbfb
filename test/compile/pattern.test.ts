import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { maximumPatternText, patternProblem } from '../../src/compile/pattern.js'

const pattern = suite('patternProblem')

for (const safe of [
  '^INC-\\d+$',
  '^\\+?[1-9]\\d{6,14}$',
  '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  '^(emea|amer|apac)-\\w+$',
  '^(?:a|b)$',
  '^a(-\\d+)?$',
  '^(ab){2}$',
  '^(\\p{L}\\p{N})+$',
  '^[(+*{|]+$',
  '^\\(\\d+\\)*$',
  '^\\u{1F600}$',
  'a+?b',
  '^https://[^/]+/.*$',
]) {
  pattern(`takes ${safe}`, () => assert.is(patternProblem(safe), undefined))
}

for (const risky of [
  '(a+)+',
  '(a*)*',
  '(a|a)*',
  '(a|aa)+',
  '(?:a+)+',
  '((a+)b?)+',
  '(((a)?)b)*',
  '(a+){20}',
  '(a{1,9}){9}',
  '(a?){30}',
  '(.*a){20}',
  '^a*a*a*a*',
  'a*a*a*$',
  '^a|a*a*a*$',
  'a?'.repeat(30),
  '(a|a)'.repeat(9),
  '(?=a)',
  '(?!a)',
  '(?<=a)b',
  '(?<n>a)',
  '(a)\\1',
  '(?<n>a)\\k<n>',
  '(',
  '[',
  '\\',
]) {
  pattern(`refuses ${risky.slice(0, 24)}`, () => assert.type(patternProblem(risky), 'string'))
}

pattern('what it takes is quick, even over the longest text', () => {
  for (const safe of ['^a*a*a*$', '^a*a*a?a?a?a?$', 'a*a*$', '^(a|a)a*a*a*$']) {
    assert.is(patternProblem(safe), undefined, safe)
    new RegExp(safe, 'u').test(`${'a'.repeat(maximumPatternText - 1)}!`)
  }
})

pattern.run()
