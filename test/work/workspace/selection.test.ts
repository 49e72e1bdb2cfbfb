import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError } from '../../../src/model/errors.js'
import type { SelectionOptions } from '../../../src/work/options/options.js'
import { createSelection } from '../../../src/work/workspace/selection.js'

const test = suite('selection')
const names = ['ping', 'page-1', 'page-2', 'bridge@INC-1']

function select(options: SelectionOptions): readonly string[] {
  const selection = createSelection(options)
  const selected = names.filter(selection.selects)
  selection.requireFound()
  return selected
}

function refusal(options: SelectionOptions): UsageError {
  try {
    select(options)
  } catch (error) {
    assert.instance(error, UsageError)
    return error as UsageError
  }
  throw new Error('it was taken')
}

for (const [options, expected] of [
  [{}, names],
  [{ except: ['ping'] }, ['page-1', 'page-2', 'bridge@INC-1']],
  [{ except: ['PAGE-*', 'ping'] }, ['bridge@INC-1']],
  [{ only: ['p*'], except: ['page-1'] }, ['ping', 'page-2']],
  [{ only: ['page-*'], except: ['bridge*'] }, ['page-1', 'page-2']],
] as const) {
  test(`${JSON.stringify(options)} selects ${expected.join(', ')}`, () => {
    assert.equal(select(options), expected)
  })
}

for (const except of ['pnig', 'page_*', '']) {
  test(`an exception that matches nothing is refused: ${JSON.stringify(except)}`, () => {
    refusal({ except: ['page-1', except] })
  })
}

test('exceptions that leave nothing are refused', () => {
  refusal({ except: ['*'] })
  refusal({ only: ['ping'], except: ['p*'] })
})

for (const options of [{ only: ['pnig'] }, { except: ['pnig'] }, { only: ['PNIG'] }] as const) {
  test(`a near address is suggested for ${JSON.stringify(options)}`, () => {
    assert.match(refusal(options).hint ?? '', '`ping`')
  })
}

test('an exception gives no leave, as a name of `only` does', () => {
  assert.equal([...createSelection({ except: ['ping'] }).onlyNames], [])
  assert.equal([...createSelection({ only: ['ping', 'p*'] }).onlyNames], ['ping'])
})

test.run()
