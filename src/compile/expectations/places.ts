import type { DefinitionTest, Expectation, Expectations } from '../../model/language/definition-test.js'
import { startOf } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { TestPath } from '../../model/language/test-report.js'

/** The way to an expectation from the top of its file. */
export const pathTo = ({ name }: DefinitionTest, expectation: Expectation): TestPath => [
  'tests',
  String(name.value),
  'expect',
  expectation,
]

/** Where an expectation stands: at its first value, or, when it has none, where it would. */
export function placeOf(expect: Expectations, expectation: Expectation): Range | undefined {
  const node = expect[expectation]
  return node && startOf(node)
}
