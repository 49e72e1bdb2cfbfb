import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeJson } from '../../src/report/json-text.js'

const test = suite('json-text')

test('what terminals, agents and pages act on is escaped', () => {
  assert.is(writeJson('\u009b\u202e'), '"\\u009b\\u202e"')
  assert.is(writeJson('x ##vso[a.b]'), '"x \\u0023#vso[a.b]"')
  assert.is(writeJson('</script><!--'), '"\\u003c/script>\\u003c!--"')
  assert.is(writeJson('\u{e0041}'), '"\\udb40\\udc41"')
})

test('the value stays', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      assert.equal(JSON.parse(writeJson(value, 2)), JSON.parse(JSON.stringify(value)))
    }),
    { seed: 20_261_123 },
  )
})

test.run()
