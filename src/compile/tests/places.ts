import type { DefinitionTest, Expectation, Expectations } from '../../model/definition-test.js'
import { startOf } from '../../model/document.js'
import type { Range } from '../../model/source.js'
import type { TestPath } from '../../model/test-report.js'

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
