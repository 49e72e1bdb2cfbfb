import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonValue } from '../../../src/model/json.js'
import { callOf } from '../../helpers/workspace.js'

const variables = `variables:
  yes: true
  no: false
  none: []
  ids: [a, b, c]
  people: [{ id: a, name: Ada }, { id: b, name: Bob }]
  groups: [[a, b], [c]]
`
/** What YAML with directives yields, by way of a variable, since no property of a call takes any value. */
function yieldOf(yaml: string): JsonValue {
  const files = {
    'templates/t.yaml':
      'variables: { v: {} }\ncall: { callbackUri: https://b.example, subject: "{{json v}}" }\n',
    'calls/a.yaml': `${variables}  value: ${yaml}\ncalls: { a: { uses: t, with: { v: "{{value}}" } } }\n`,
  }
  return JSON.parse(String(callOf(files)['subject'])) as JsonValue
}

const each = suite('$each')
each('makes a list from a list', () =>
  assert.equal(yieldOf('{ $each: "{{ids}}", $as: i, $do: "x{{i}}" }'), ['xa', 'xb', 'xc']),
)
each('goes over a list that is written out', () =>
  assert.equal(yieldOf('{ $each: [1, 2], $as: i, $do: "{{i}}" }'), [1, 2]),
)
each('makes objects', () =>
  assert.equal(yieldOf('{ $each: "{{people}}", $as: p, $do: { id: "{{p.id}}" } }'), [
    { id: 'a' },
    { id: 'b' },
  ]),
)
each('knows @index, @first and @last', () =>
  assert.equal(yieldOf('{ $each: "{{ids}}", $as: i, $do: ["{{@index}}", "{{@first}}", "{{@last}}"] }'), [
    [0, true, false],
    [1, false, false],
    [2, false, true],
  ]),
)
each('of nothing is an empty list', () =>
  assert.equal(yieldOf('{ $each: "{{none}}", $as: i, $do: "{{i}}" }'), []),
)
each('stands inside another, and sees its name', () =>
  assert.equal(
    yieldOf(
      '{ $each: "{{groups}}", $as: g, $do: { $each: "{{g}}", $as: i, $do: "{{i}}{{length g}}{{@index}}" } }',
    ),
    [['a20', 'b21'], ['c10']],
  ),
)
each('an inner name hides an outer one', () =>
  assert.equal(yieldOf('{ $each: [1], $as: i, $do: { $each: [2], $as: i, $do: "{{i}}" } }'), [[2]]),
)
each('its name hides a variable', () =>
  assert.equal(yieldOf('{ $each: [1], $as: ids, $do: "{{ids}}" }'), [1]),
)
each('leaves out items whose `$if` is false', () =>
  assert.equal(yieldOf('{ $each: "{{ids}}", $as: i, $do: { $if: "{{ne i \'b\'}}", $then: "{{i}}" } }'), [
    'a',
    'c',
  ]),
)
each('inside text, `@index` is that of `$each`', () =>
  assert.equal(yieldOf('{ $each: "{{ids}}", $as: i, $do: "{{#if @first}}first{{else}}{{i}}{{/if}}" }'), [
    'first',
    'b',
    'c',
  ]),
)

const choice = suite('$if')
choice('chooses `$then`', () => assert.equal(yieldOf('{ $if: "{{yes}}", $then: 1, $else: 2 }'), 1))
choice('chooses `$else`', () => assert.equal(yieldOf('{ $if: "{{no}}", $then: 1, $else: 2 }'), 2))
choice('without `$else` leaves a property out', () =>
  assert.equal(yieldOf('{ a: { $if: "{{no}}", $then: 1 }, b: 2 }'), { b: 2 }),
)
choice('without `$else` leaves an item out', () =>
  assert.equal(yieldOf('[1, { $if: "{{no}}", $then: 2 }, 3]'), [1, 3]),
)
choice('as an item adds one', () => assert.equal(yieldOf('[1, { $if: "{{yes}}", $then: [2] }]'), [1, [2]]))
choice('takes a boolean', () => assert.equal(yieldOf('[{ $if: false, $then: 1 }]'), []))
choice('takes an empty list for false', () =>
  assert.equal(yieldOf('{ $if: "{{none}}", $then: 1, $else: 2 }'), 2),
)
choice('takes text for its truth', () =>
  assert.equal(yieldOf('{ $if: "{{#if no}}x{{/if}}", $then: 1, $else: 2 }'), 2),
)
choice('does not evaluate what it does not choose', () =>
  assert.equal(yieldOf('{ $if: "{{none}}", $then: "{{first none}}", $else: 2 }'), 2),
)

const literal = suite('$$name')
literal('writes a literal `$name`', () => assert.equal(yieldOf('{ $$ref: "{{yes}}" }'), { $ref: true }))
literal('writes the name of a directive', () => assert.equal(yieldOf('{ $$each: 1 }'), { $each: 1 }))
literal('loses one of its signs only', () => assert.equal(yieldOf('{ $$$x: 1 }'), { $$x: 1 }))
literal('is the same where nothing is rendered', () =>
  assert.equal(yieldOf('{ $$a: 1, b: [x] }'), { $a: 1, b: ['x'] }),
)

each.run()
choice.run()
literal.run()
