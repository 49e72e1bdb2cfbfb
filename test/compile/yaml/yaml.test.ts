import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseBriefly } from '../../../src/compile/yaml/yaml.js'

const test = suite('compile/yaml')
const options = { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'error' } as const

/** Lines of which yaml complains one by one. */
const wrongLines = ['}', '*a', '%A', '"a" "b', '&a', '@a']

for (const line of wrongLines) {
  test(`of two thousand lines \`${line}\` some hundred complaints are kept`, () => {
    const { errors, warnings } = parseBriefly(`${line}\n`.repeat(2000), options)
    assert.ok(errors.length + warnings.length > 0)
    assert.ok(errors.length + warnings.length <= 202, `${errors.length}`)
  })
}

test('what stands before the first complaint is the same, however many follow', () => {
  const [few, many] = [3, 3000].map((count) => parseBriefly(`a: 1\n${'}\n'.repeat(count)}`, options))
  assert.equal(many!.errors[0], few!.errors[0])
})

test('a text without complaints is composed to its end', () => {
  const document = parseBriefly(
    'a: 1\n'.repeat(1) + Array.from({ length: 500 }, (_, n) => `k${n}: ${n}\n`).join(''),
    options,
  )
  assert.equal(document.errors, [])
  assert.is('range' in document && document.range[1] > 3000, true)
})

test('a second document is one complaint', () => {
  const { errors } = parseBriefly('a: 1\n---\nb: 2\n---\nc: 3\n', options)
  assert.equal(
    errors.map(({ code }) => code),
    ['MULTIPLE_DOCS'],
  )
})

test.run()
