import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createDiagnostic } from '../../../src/model/diagnostics/diagnostic.js'
import { joinWords, plain, quote } from '../../../src/model/diagnostics/wording.js'

const test = suite('wording')

test('what is quoted stands between backticks, and beside the sentence as it is', () => {
  const name = 'a `b` c'
  const { text, quoted } = quote`The header ${name} stands ${plain('twice')}, as ${7}.`
  assert.is(text, 'The header `a `b` c` stands twice, as `7`.')
  assert.equal(quoted, [name, '7'])
})

test('a wording in another one keeps what it quotes', () => {
  const names = joinWords(
    ['a', 'b'].map((each) => quote`${each}`),
    ' and ',
  )
  const { text, quoted } = quote`${'$each'} needs ${names}.`
  assert.is(text, '`$each` needs `a` and `b`.')
  assert.equal(quoted, ['$each', 'a', 'b'])
})

test('a diagnostic carries what its message and its hint quote', () => {
  const { message, hint, quoted } = createDiagnostic(
    'key/unknown',
    quote`There is no key ${'sbject'} here.`,
    {
      hint: quote`Did you mean ${'subject'}?`,
    },
  )
  assert.equal([message, hint], ['There is no key `sbject` here.', 'Did you mean `subject`?'])
  assert.equal(quoted, ['sbject', 'subject'])
  assert.is('quoted' in createDiagnostic('key/unknown', 'Nothing is quoted.'), false)
})

test.run()
