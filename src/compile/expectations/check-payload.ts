import { formatEndpoint } from '../../model/call.js'
import { isJsonObject, type JsonValue } from '../../model/json.js'
import type { DefinitionTest } from '../../model/language/definition-test.js'
import { literalValue, type ScalarNode, startOf } from '../../model/language/document.js'
import type { TestFailure } from '../../model/language/test-report.js'
import type { Payload } from '../../model/payload.js'
import { tokensOf } from '../../model/pointer.js'
import { compareNode, type Difference } from './compare-node.js'
import { pathTo } from './places.js'
import type { TestedCall } from './tested-call.js'

/** What is expected of a compiled call alone, and does not hold. */
export function checkPayload(
  test: DefinitionTest,
  { address }: TestedCall,
  payload: Payload,
): readonly TestFailure[] {
  const about = address === undefined ? {} : { address }
  const failures = [
    ...checkText(test, 'kind', payload.touches.kind),
    ...checkText(test, 'endpoint', formatEndpoint(payload.target)),
    ...checkWhole(test, payload),
    ...checkValues(test, payload),
    ...checkAbsent(test, payload),
  ]
  return failures.map((failure) => ({ ...failure, ...about }))
}

const sentences = {
  kind: 'The call is of another kind.',
  endpoint: 'The call is posted elsewhere.',
}

function checkText(
  test: DefinitionTest,
  expectation: keyof typeof sentences,
  actual: string,
): readonly TestFailure[] {
  const node: ScalarNode | undefined = test.expect[expectation]
  if (node === undefined || node.value === actual) return []
  const edits = [{ kind: 'set', path: pathTo(test, expectation), value: actual } as const]
  const message = sentences[expectation]
  return [{ expectation, message, range: node.range, expected: node.value, actual, edits }]
}

function checkWhole(test: DefinitionTest, { call }: Payload): readonly TestFailure[] {
  const node = test.expect.payload
  if (node === undefined) return []
  const place = { pointer: '', path: pathTo(test, 'payload'), range: startOf(node) }
  return compareNode(node, call, place).map((difference) => describe(difference, 'payload'))
}

function describe({ edit, ...difference }: Difference, expectation: 'payload' | 'values'): TestFailure {
  const { pointer, expected, actual } = difference
  return { ...difference, expectation, message: sentenceOf(pointer, expected, actual), edits: [edit] }
}

function sentenceOf(pointer: string, expected: JsonValue | undefined, actual: JsonValue | undefined): string {
  const at = pointer === '' ? 'The whole payload' : pointer
  if (expected === undefined) return `${at} is not expected to be there.`
  return actual === undefined ? `${at} is not there.` : `${at} has another value.`
}

function checkValues(test: DefinitionTest, { call }: Payload): readonly TestFailure[] {
  return (test.expect.values?.entries ?? []).flatMap(({ key, value }) => {
    const pointer = String(key.value)
    const actual = valueAt(call, pointer)
    const path = [...pathTo(test, 'values'), pointer]
    if (actual !== undefined) {
      const found = compareNode(value, actual, { pointer, path, range: key.range })
      return found.map((difference) => describe(difference, 'values'))
    }
    const expected = literalValue(value)
    const failure: TestFailure = {
      expectation: 'values',
      message: sentenceOf(pointer, expected, undefined),
      range: key.range,
      pointer,
      expected,
      edits: [
        { kind: 'append', path: pathTo(test, 'absent'), value: pointer },
        { kind: 'remove', path },
      ],
    }
    return [failure]
  })
}

function checkAbsent(test: DefinitionTest, { call }: Payload): readonly TestFailure[] {
  return (test.expect.absent?.items ?? []).flatMap((item, index) => {
    const pointer = item.kind === 'scalar' ? String(item.value) : ''
    const actual = valueAt(call, pointer)
    if (actual === undefined) return []
    const failure: TestFailure = {
      expectation: 'absent',
      message: sentenceOf(pointer, undefined, actual),
      range: startOf(item),
      pointer,
      actual,
      edits: [
        { kind: 'set', path: [...pathTo(test, 'values'), pointer], value: actual },
        { kind: 'remove', path: [...pathTo(test, 'absent'), index] },
      ],
    }
    return [failure]
  })
}

function valueAt(call: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = call
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(value))
      value = /^(?:0|[1-9]\d*)$/.test(token) ? (value as readonly JsonValue[])[Number(token)] : undefined
    else value = isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
  }
  return value
}
