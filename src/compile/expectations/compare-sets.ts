import type { DefinitionTest, Expectation } from '../../model/language/definition-test.js'
import { type ListNode, startOf } from '../../model/language/document.js'
import type { TestEdit, TestFailure } from '../../model/language/test-report.js'
import { pathTo } from './places.js'

const sentences = {
  addresses: 'The test is about other calls.',
  diagnostics: 'The call is complained of otherwise.',
  people: 'Other people are rung.',
  numbers: 'Other numbers are rung.',
  permissions: 'Other permissions are needed.',
} as const satisfies Partial<Record<Expectation, string>>

/** Compares a list of texts with the actual ones, in any order; one that stands twice is there twice. */
export function compareSets(
  test: DefinitionTest,
  expectation: keyof typeof sentences,
  wanted: ListNode,
  actual: readonly string[],
): readonly TestFailure[] {
  const path = pathTo(test, expectation)
  const left = [...actual]
  const edits: TestEdit[] = []
  const missing: string[] = []
  let first: ListNode['items'][number] | undefined
  const expected = wanted.items.map((item) => (item.kind === 'scalar' ? String(item.value) : ''))
  for (const [index, text] of expected.entries()) {
    const at = left.indexOf(text)
    if (at >= 0) left.splice(at, 1)
    else {
      first ??= wanted.items[index]
      missing.push(text)
      edits.push({ kind: 'remove', path: [...path, index] })
    }
  }
  for (const value of left) edits.push({ kind: 'append', path, value })
  if (edits.length === 0) return []
  const range = startOf(first ?? wanted)
  const message = `${sentences[expectation]}${listOf('Missing', missing)}${listOf('Unexpected', left)}`
  return [{ expectation, message, range, expected, actual, edits }]
}

const mostListed = 5

function listOf(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return ''
  const more = texts.length > mostListed ? ` and ${texts.length - mostListed} more` : ''
  return ` ${title}: ${texts.slice(0, mostListed).join(', ')}${more}.`
}
