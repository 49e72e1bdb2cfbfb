import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError, StalePlanError, UsageError } from '../../src/model/errors.js'
import type { SavedPlan } from '../../src/model/plan.js'
import { planPieces, savePlan } from '../../src/record/plan-file.js'
import { parsePlanFile, readPlanFile } from '../../src/record/read-plan-file.js'
import { failing, filesWith, inFolder, uuid } from './temporary-place.js'

const test = suite('plan-file')

const plan: SavedPlan = {
  createdAt: '2025-01-01T00:00:00.000Z',
  callctl: '0.1.0',
  destination: 'https://graph.microsoft.com',
  tenantId: uuid(77),
  lineage: uuid(1),
  isFirst: false,
  changes: [
    {
      address: 'bridge@INC-1',
      action: 'redial',
      reason: 'placed before',
      entry: { state: 'placed', attempt: uuid(2) },
      attemptId: uuid(3),
      payload: {
        target: { cloud: 'global', version: 'v1.0', collection: 'communications' },
        digest: 'ab'.repeat(32),
        touches: {
          kind: 'group',
          people: [{ id: 'p', name: 'Zoë' }],
          numbers: [],
          permissions: ['Calls.Initiate.All'],
        },
        text: '{ "subject": "é\\n" }\n',
      },
    },
    {
      address: 'gone',
      action: 'hang-up',
      reason: 'no longer defined',
      entry: { state: 'placed', attempt: uuid(4) },
    },
    {
      address: 'new',
      action: 'none',
      reason: 'renamed',
      entry: { state: 'ended', attempt: uuid(5) },
      movedFrom: 'old',
    },
  ],
}
const bytes = Buffer.concat([...planPieces(plan)])

/** `plan`, or the name of the error. */
function outcomeOf(content: Buffer): string {
  try {
    assert.equal(parsePlanFile(content, 'plan.json'), plan)
    return 'plan'
  } catch (error) {
    if (error instanceof UsageError || error instanceof StalePlanError) return error.name
    throw error
  }
}

/** With a seal that fits, as a person who edits on purpose would make it. */
function sealed(value: object): Buffer {
  const body = JSON.stringify(value, null, 2).replace(/\n\}$/, ',\n')
  const hash = createHash('sha256').update(body).digest('hex')
  return Buffer.from(`${body}  "sha256": "${hash}"\n}\n`)
}

test(
  'what was saved is read again, byte for byte',
  inFolder((folder) => {
    const path = join(folder, 'plan.json')
    savePlan(path, plan, uuid(9))
    assert.equal(readPlanFile(path), plan)
    assert.equal(readdirSync(folder), ['plan.json'])
  }),
)

for (const count of [0, 1, 500]) {
  test(`${count} changes are written as the whole would be`, () => {
    const [, first] = plan.changes
    const changes = Array.from({ length: count }, (_, index) => ({
      ...first!,
      address: `a-${index}`,
      reason: 'é\n',
    }))
    const many = { ...plan, changes }
    const pieces = [...planPieces(many)]
    assert.equal(Buffer.concat(pieces), sealed({ callctlPlan: 1, ...many }))
    assert.ok(pieces.length < 20 && (count < 500 || pieces.length > 2), `${pieces.length} pieces`)
  })
}

test(
  'a change that cannot be made leaves the file as it was',
  inFolder((folder) => {
    const path = join(folder, 'plan.json')
    writeFileSync(path, 'before')
    const changes = function* () {
      yield* plan.changes
      throw new TypeError('bug')
    }
    assert.throws(() => savePlan(path, { ...plan, changes: changes() }, uuid(9)))
    assert.is(readFileSync(path, 'utf8'), 'before')
    assert.equal(readdirSync(folder), ['plan.json'])
  }),
)

test(
  'nobody else may read it, and an older file is replaced as a whole',
  inFolder((folder) => {
    const path = join(folder, 'plan.json')
    writeFileSync(path, 'x'.repeat(100_000), { mode: 0o644 })
    savePlan(path, plan, uuid(9))
    assert.is(statSync(path).mode & 0o777, 0o600)
    assert.equal(readPlanFile(path), plan)
  }),
)

test(
  'a failure leaves the file as it was, and nothing beside it',
  inFolder((folder) => {
    const path = join(folder, 'plan.json')
    writeFileSync(path, 'before')
    for (const call of ['writeSync', 'fsyncSync', 'renameSync'] as const) {
      assert.throws(
        () => savePlan(path, plan, uuid(9), filesWith({ [call]: failing('ENOSPC') })),
        (error: unknown) => error instanceof RecordError && /ENOSPC/.test(error.message),
      )
      assert.is(readFileSync(path, 'utf8'), 'before')
      assert.equal(readdirSync(folder), ['plan.json'])
    }
  }),
)

test(
  'a link or folder of that name is not replaced',
  inFolder((folder) => {
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'link.json'))
    assert.throws(() => savePlan(join(folder, 'link.json'), plan, uuid(9)), /no regular file/)
  }),
)

test('a file cut at any byte is refused', () => {
  for (let length = 0; length < bytes.length; length += 1) {
    const outcome = outcomeOf(bytes.subarray(0, length))
    assert.is(outcome, length < 22 ? 'UsageError' : 'StalePlanError', `cut at ${length}`)
  }
})

test('a file with any byte changed is refused', () => {
  for (let index = 0; index < bytes.length; index += 1) {
    for (const mask of [1, 0x20, 0x80]) {
      const changed = Buffer.from(bytes)
      changed[index]! ^= mask
      assert.not.equal(outcomeOf(changed), 'plan', `byte ${index}`)
    }
  }
})

test('a file that is sealed and laid out otherwise is the same plan', () => {
  const { changes, ...head } = plan
  assert.is(outcomeOf(sealed({ callctlPlan: 1, changes, ...head })), 'plan')
  const compact = `{\n  "callctlPlan": 1,\n${JSON.stringify(plan).slice(1, -1)},\n`
  const seal = createHash('sha256').update(compact).digest('hex')
  assert.is(outcomeOf(Buffer.from(`${compact}  "sha256": "${seal}"\n}\n`)), 'plan')
})

test('texts that look like the layout of the file are texts', () => {
  const reason = '\n    }\n  ],\n  "sha256": "\n  "changes": [\n    {\n'
  const [first, ...rest] = plan.changes
  const strange = { ...plan, destination: reason, changes: [{ ...first!, reason }, ...rest] }
  assert.equal(parsePlanFile(Buffer.concat([...planPieces(strange)]), 'plan.json'), strange)
})

test('whatever its texts hold, a plan is written as the whole would be, and read as it was', () => {
  const text = fc
    .array(fc.oneof(fc.string(), fc.constantFrom('\u2028', '\u2029', '\n    }', '\r', '\ud800', '"', '  ],')))
    .map((parts) => parts.join(''))
  const property = fc.property(text, text, (reason, subject) => {
    const [first, ...rest] = plan.changes
    const payload = { ...first!.payload!, text: JSON.stringify({ subject }) }
    const strange = { ...plan, changes: [{ ...first!, reason, payload }, ...rest] }
    const content = Buffer.concat([...planPieces(strange)])
    assert.equal(content, sealed({ callctlPlan: 1, ...strange }))
    assert.equal(parsePlanFile(content, 'plan.json'), strange)
  })
  fc.assert(property, { numRuns: 300 })
})

test('anything added is refused', () => {
  assert.is(outcomeOf(Buffer.concat([bytes, Buffer.from('\n')])), 'StalePlanError')
  assert.is(outcomeOf(Buffer.concat([Buffer.from(' '), bytes])), 'UsageError')
})

test('a plan of a newer format is stale, and other JSON is no plan', () => {
  assert.is(outcomeOf(Buffer.from('{\n  "callctlPlan": 2,\n  "x": 1\n}\n')), 'StalePlanError')
  for (const text of ['', '{}', '[]', '{ "calls": {} }', '\u0000'])
    assert.is(outcomeOf(Buffer.from(text)), 'UsageError')
})

test(
  'a file that is missing or no file is a slip of the command line',
  inFolder((folder) => {
    assert.throws(
      () => readPlanFile(join(folder, 'none.json')),
      (error: unknown) => error instanceof UsageError,
    )
    assert.throws(
      () => readPlanFile(folder),
      (error: unknown) => error instanceof UsageError,
    )
  }),
)

test('whatever stands under a seal that fits, only a whole plan is one', () => {
  const [first, ...rest] = plan.changes
  const wrong: readonly object[] = [
    { ...plan, lineage: 'x' },
    { ...plan, createdAt: 'yesterday' },
    { ...plan, changes: {} },
    { ...plan, changes: [first, first] },
    { ...plan, changes: [first, { ...first, address: 'other' }] },
    { ...plan, changes: [{ ...first, entry: null }, ...rest] },
    { ...plan, changes: [{ ...first, attemptId: undefined }, ...rest] },
    { ...plan, changes: [{ ...first, address: '__proto__' }, ...rest] },
    { ...plan, changes: [{ ...first, payload: { ...first!.payload, text: '{' } }, ...rest] },
    { ...plan, changes: [{ ...first, payload: { ...first!.payload, text: '[]' } }, ...rest] },
    { ...plan, changes: [{ ...first, action: 'uncertain' }, ...rest] },
  ]
  for (const each of wrong) assert.is(outcomeOf(sealed({ callctlPlan: 1, ...each })), 'StalePlanError')
})

test('random JSON under a seal that fits is never taken for a plan, and throws nothing else', () => {
  const keys = fc.constantFrom(
    'createdAt',
    'callctl',
    'destination',
    'tenantId',
    'lineage',
    'isFirst',
    'changes',
  )
  const property = fc.property(keys, fc.jsonValue({ maxDepth: 3 }), (key, value) => {
    assert.ok(
      ['plan', 'StalePlanError'].includes(outcomeOrPlan(sealed({ callctlPlan: 1, ...plan, [key]: value }))),
    )
  })
  fc.assert(property, { numRuns: 2000, seed: 7 })
})

/** As outcomeOf, for plans that may be others and yet whole, such as one for another destination. */
function outcomeOrPlan(content: Buffer): string {
  try {
    parsePlanFile(content, 'plan.json')
    return 'plan'
  } catch (error) {
    if (error instanceof StalePlanError) return error.name
    throw error
  }
}

test.run()
