import { hasErrors } from '../../model/diagnostics/diagnostic.js'
import type { DefinitionTest, Expectation } from '../../model/language/definition-test.js'
import type { ListNode } from '../../model/language/document.js'
import type { TestFailure } from '../../model/language/test-report.js'
import { didYouMean } from '../../model/words/suggest.js'
import { checkPayload } from './check-payload.js'
import { compareSets } from './compare-sets.js'
import { placeOf } from './places.js'
import type { TestedCall } from './tested-call.js'

/** The calls that the workspace has, and whether those are all of them. */
export interface KnownCalls {
  readonly addresses: readonly string[]
  readonly isWhole: boolean
}

/** What of a test's expectations does not hold; nothing when it passes. */
export function checkTest(
  test: DefinitionTest,
  calls: readonly TestedCall[],
  known: KnownCalls,
): readonly TestFailure[] {
  if (calls.length === 0 && test.expect.addresses === undefined) return [noSuchCall(test, known)]
  const isOne = calls.length === 1
  return [
    ...checkSets(test, calls),
    ...calls.flatMap((call) =>
      checkCall(test, call).map((failure) => (isOne ? failure : { ...failure, edits: [] })),
    ),
  ]
}

function noSuchCall({ subject, name }: DefinitionTest, { addresses, isWhole }: KnownCalls): TestFailure {
  const node = subject.kind === 'address' ? subject.address : name
  const partly = isWhole ? undefined : 'Some definitions have errors: see `callctl validate`.'
  const hint = didYouMean(String(node.value), addresses) ?? partly
  return {
    expectation: 'address',
    message: `The workspace has no call \`${node.value}\`.`,
    range: node.range,
    edits: [],
    ...(hint !== undefined && { hint }),
  }
}

/** What is expected of all calls together. */
function checkSets(test: DefinitionTest, calls: readonly TestedCall[]): readonly TestFailure[] {
  const { expect } = test
  const compare = (
    name: 'addresses' | 'people' | 'numbers' | 'permissions',
    list: ListNode | undefined,
    actual: readonly string[],
  ) => (list === undefined ? [] : compareSets(test, name, list, actual))
  const found = compare(
    'addresses',
    expect.addresses,
    calls.flatMap(({ address }) => address ?? []),
  )
  const payloads = calls.flatMap(({ payload }) => payload ?? [])
  if (payloads.length < calls.length) return found
  const touches = payloads.map((payload) => payload.touches)
  const ids = (name: 'people' | 'numbers') => touches.flatMap((each) => each[name].map(({ id }) => id))
  const permissions = new Set(touches.flatMap((each) => each.permissions))
  return [
    ...found,
    ...compare('people', expect.people, ids('people')),
    ...compare('numbers', expect.numbers, ids('numbers')),
    ...compare('permissions', expect.permissions, [...permissions]),
  ]
}

function checkCall(test: DefinitionTest, call: TestedCall): readonly TestFailure[] {
  const complaints = checkDiagnostics(test, call)
  const { payload } = call
  if (payload !== undefined) return [...complaints, ...checkPayload(test, call, payload)]
  return complaints.length > 0 ? complaints : withoutPayload(test, call)
}

function checkDiagnostics(
  test: DefinitionTest,
  { address, diagnostics }: TestedCall,
): readonly TestFailure[] {
  const wanted = test.expect.diagnostics
  const about = address === undefined ? {} : { address }
  if (wanted === undefined) {
    if (!hasErrors(diagnostics)) return []
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const message = 'The call has errors, and the test expects none.'
    const { range } = test.name
    return [{ expectation: 'diagnostics', message, range, diagnostics: errors, edits: [], ...about }]
  }
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort()
  const known = new Set(wanted.items.map((item) => item.kind === 'scalar' && item.value))
  const unexpected = diagnostics.filter(({ code }) => !known.has(code))
  return compareSets(test, 'diagnostics', wanted, codes).map((failure) => ({
    ...failure,
    ...about,
    ...(unexpected.length > 0 && { diagnostics: unexpected }),
  }))
}

const ofPayload = [
  ...(['payload', 'values', 'absent', 'kind', 'endpoint', 'people', 'numbers', 'permissions'] as const),
] satisfies readonly Expectation[]

/** The errors are expected; what else is expected would need a payload. */
function withoutPayload({ expect, name }: DefinitionTest, { address }: TestedCall): readonly TestFailure[] {
  const expectation = ofPayload.find((key) => expect[key] !== undefined)
  if (expectation === undefined) return []
  const message = `\`${expectation}\` cannot hold: a call with errors has no payload.`
  const range = placeOf(expect, expectation) ?? name.range
  return [{ expectation, message, range, edits: [], ...(address !== undefined && { address }) }]
}
