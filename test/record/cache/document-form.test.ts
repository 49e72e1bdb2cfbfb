import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from '../../../src/compile/yaml/parse.js'
import type { Document, MapNode } from '../../../src/model/language/document.js'
import { flattenDocument, raiseDocument } from '../../../src/record/cache/document-form.js'
import { yamlTexts } from '../../helpers/yaml-texts.js'

const test = suite('document form')

const sourceOf = (text: string) => ({ path: 'calls/a.yaml', text })

const again = (document: Document, text: string): Document | undefined =>
  raiseDocument(JSON.parse(JSON.stringify(flattenDocument(document))), sourceOf(text))

test('a document comes back as it was', () => {
  fc.assert(
    fc.property(yamlTexts, (text) => {
      const { value } = parse(sourceOf(text))
      if (value !== undefined) assert.equal(again(value, text), value)
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('what JSON cannot say is not flattened', () => {
  const range = { source: 'a', start: 0, end: 0 }
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -0]) {
    const key = { kind: 'scalar', value: 'a', style: 'plain', range } as const
    const root: MapNode = { kind: 'map', range, entries: [{ key, value: { ...key, value } }] }
    assert.is(flattenDocument({ source: 'a', root }), undefined)
  }
})

test('aliases that unfold to very much are not flattened', () => {
  const levels = Array.from({ length: 5 }, (_, level) => {
    const items = level === 0 ? Array(14).fill('x') : Array(14).fill(`*l${level - 1}`)
    return `l${level}: &l${level} [${items.join(', ')}]\n`
  })
  const { value } = parse(sourceOf(levels.join('')))
  assert.is(flattenDocument(value!), undefined)
})

const key = [0, 0, 1, 'a']
const hostile: readonly unknown[] = [
  ...[null, 'text', 5, {}, [], [5], [5, 0, 1], [5, 0, 1, 1], [5, 0, 1, 1, ...key], [5, 0, 1, 0, 0]],
  ...[-1, 0.5, 1e9, '0', null, {}].map((count) => [5, 0, 1, count, ...key, ...key]),
  ...[-1, 0.5, 1e9, '0', null, {}].map((end) => [5, 0, end, 1, ...key, ...key]),
  ...[-1, 0.5, 7, '0', null, 'length', '__proto__'].map((mark) => [5, 0, 1, 1, ...key, mark, 0, 1, 'a']),
  ...[{}, [], ['a']].map((value) => [5, 0, 1, 1, ...key, 0, 0, 1, value]),
  ...['__proto__', 'constructor', 'prototype', 1, null].map((name) => [5, 0, 1, 1, 0, 0, 1, name, ...key]),
  [6, 0, 1, 0],
  [5, 0, 1, 1, 5, 0, 1, 0, ...key],
  [5, 0, 1, 1, ...key, ...Array.from({ length: 5000 }, () => [6, 0, 1, 1]).flat(), ...key],
]

test('a list that no document makes gives no document', () => {
  for (const parts of hostile) {
    assert.is(raiseDocument(parts, sourceOf('a: 1')), undefined, JSON.stringify(parts)?.slice(0, 80))
  }
})

test.run()
