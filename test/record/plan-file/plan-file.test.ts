import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError, StalePlanError, UsageError } from '../../../src/model/errors.js'
import type { SavedPlan } from '../../../src/model/plan.js'
import { planPieces, savePlan } from '../../../src/record/plan-file/plan-file.js'
import { parsePlanFile, readPlanFile } from '../../../src/record/plan-file/read-plan-file.js'
import { failing, filesWith, inFolder, uuid } from '../temporary-place.js'

const test = suite('plan-file')

const plan: SavedPlan = {
  createdAt: '2025-01-01T00:00:00.000Z',
  callctl: '0.1.0',
  destination: 'https://graph.microsoft.com',
  tenantId: uuid(77),
  environment: 'staging',
  lineage: uuid(1),
  changes: [
    {
      address: 'bridge@INC-1',
      action: 'redial',
      entry: { state: 'placed', attempt: uuid(2) },
      attemptId: uuid(3),
      hasLeave: true,
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
      entry: { state: 'placed', attempt: uuid(4) },
    },
    {
      address: 'new',
      action: 'none',
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
const sealed = (value: object): Buffer => sealedText(JSON.stringify(value, null, 2).replace(/\n\}$/, ',\n'))

function sealedText(body: string): Buffer {
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
    const changes = Array.from({ length: count }, (_, index) => ({ ...first!, address: `a-${index}@é` }))
    const many = { ...plan, changes }
    const pieces = [...planPieces(many)]
    assert.equal(Buffer.concat(pieces), sealed({ callctlPlan: 2, ...many }))
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

test('a file that is sealed and laid out otherwise is none that callctl wrote', () => {
  const { changes, ...head } = plan
  assert.is(outcomeOf(sealed({ callctlPlan: 2, ...plan })), 'plan')
  assert.is(outcomeOf(sealed({ callctlPlan: 2, changes, ...head })), 'StalePlanError')
  const compact = `{\n  "callctlPlan": 2,\n${JSON.stringify(plan).slice(1, -1)},\n`
  assert.is(outcomeOf(sealedText(compact)), 'StalePlanError')
})

const [body] = bytes.toString('utf8').split('  "sha256"') as [string]
const added: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'another environment': ['  "environment"', '  "environment": "prod",\n  "environment"'],
  'another lineage': ['  "lineage"', `  "lineage": "${uuid(6)}",\n  "lineage"`],
  'other changes': ['  "changes"', '  "changes": [],\n  "changes"'],
  'another address': ['      "action"', '      "address": "other",\n      "action"'],
  'another text': ['        "text"', '        "text": "{}",\n        "text"'],
  'another person': ['"id": "p"', '"id": "q",\n              "id": "p"'],
  'an unknown property': ['  "lineage"', '  "note": 1,\n  "lineage"'],
  'an unknown property of a change': ['      "action"', '      "note": 1,\n      "action"'],
  'an unknown property of a payload': ['        "digest"', '        "note": 1,\n        "digest"'],
  'an unknown property of a person': ['"id": "p"', '"note": 1,\n              "id": "p"'],
  'a prototype': ['      "action"', '      "__proto__": { "action": "place" },\n      "action"'],
  'a reason of its own': ['      "entry"', '      "reason": "not placed before",\n      "entry"'],
  'an escape': ['"group"', '"gr\\u006fup"'],
  'a space': ['"address": ', '"address":  '],
  'a carriage return': ['  "lineage"', '\r  "lineage"'],
}
for (const [what, [from, to]] of Object.entries(added)) {
  test(`${what} under a seal that fits makes it none that callctl wrote`, () => {
    const changed = body.replace(from, to)
    assert.is.not(changed, body)
    assert.is(outcomeOf(sealedText(changed)), 'StalePlanError')
  })
}

test('texts that look like the layout of the file are texts', () => {
  const text = '\n    }\n  ],\n  "sha256": "\n  "changes": [\n    {\n'
  const [first, ...rest] = plan.changes
  const strange = {
    ...plan,
    destination: text,
    changes: [{ ...first!, payload: { ...first!.payload!, text } }, ...rest],
  }
  assert.equal(parsePlanFile(Buffer.concat([...planPieces(strange)]), 'plan.json'), strange)
})

test('whatever its texts hold, a plan is written as the whole would be, and read as it was', () => {
  const text = fc
    .array(fc.oneof(fc.string(), fc.constantFrom('\u2028', '\u2029', '\n    }', '\r', '\ud800', '"', '  ],')))
    .map((parts) => parts.join(''))
  const property = fc.property(text, text, (destination, subject) => {
    const [first, ...rest] = plan.changes
    const payload = { ...first!.payload!, text: JSON.stringify({ subject }) }
    const strange = { ...plan, destination, changes: [{ ...first!, payload }, ...rest] }
    const content = Buffer.concat([...planPieces(strange)])
    assert.equal(content, sealed({ callctlPlan: 2, ...strange }))
    assert.equal(parsePlanFile(content, 'plan.json'), strange)
  })
  fc.assert(property, { numRuns: 300 })
})

test('anything added is refused', () => {
  assert.is(outcomeOf(Buffer.concat([bytes, Buffer.from('\n')])), 'StalePlanError')
  assert.is(outcomeOf(Buffer.concat([Buffer.from(' '), bytes])), 'UsageError')
})

test('a plan of a newer or older format is stale, and other JSON is no plan', () => {
  for (const format of [0, 1, 3])
    assert.is(outcomeOf(Buffer.from(`{\n  "callctlPlan": ${format},\n  "x": 1\n}\n`)), 'StalePlanError')
  assert.is(outcomeOf(sealed({ callctlPlan: 1, ...plan })), 'StalePlanError')
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
  const [, gone, renamed] = plan.changes
  const payload = first!.payload!
  const wrong: readonly object[] = [
    { ...plan, lineage: 'x' },
    { ...plan, createdAt: 'yesterday' },
    { ...plan, createdAt: '2025-01-01' },
    { ...plan, environment: 1 },
    { ...plan, workspace: { folder: 'x' } },
    { ...plan, workspace: { path: '', commit: 'main' } },
    { ...plan, changes: {} },
    { ...plan, changes: [null] },
    { ...plan, changes: [first, first] },
    { ...plan, changes: [first, { ...first, address: 'other' }] },
    { ...plan, changes: [first, { ...first, address: 'BRIDGE@INC-1', attemptId: uuid(7) }] },
    { ...plan, changes: [first, { ...first, address: 'bridge@inc-1', attemptId: uuid(7) }] },
    { ...plan, changes: [gone, { ...renamed, movedFrom: 'Gone' }] },
    { ...plan, changes: [{ ...renamed, movedFrom: 'new' }] },
    { ...plan, changes: [{ ...renamed, movedFrom: undefined }] },
    { ...plan, changes: [{ ...renamed, entry: null }] },
    { ...plan, changes: [{ ...gone, movedFrom: 'old' }] },
    { ...plan, changes: [{ ...gone, payload, attemptId: uuid(7) }] },
    { ...plan, changes: [{ ...gone, entry: { state: 'ended', attempt: uuid(4) } }] },
    { ...plan, changes: [{ ...first, action: 'place' }, ...rest] },
    { ...plan, changes: [{ ...first, entry: null }, ...rest] },
    { ...plan, changes: [{ ...first, entry: { state: 'uncertain', attempt: uuid(2) } }, ...rest] },
    { ...plan, changes: [{ ...first, attemptId: undefined }, ...rest] },
    { ...plan, changes: [{ ...first, attemptId: 'ABCDEF00-0000-4000-8000-000000000000' }, ...rest] },
    { ...plan, changes: [{ ...first, payload: undefined }, ...rest] },
    { ...plan, changes: [{ ...first, payload: { ...payload, digest: 'x' } }, ...rest] },
    { ...plan, changes: [{ ...first, payload: { ...payload, text: 1 } }, ...rest] },
    { ...plan, changes: [{ ...first, address: '__proto__' }, ...rest] },
    { ...plan, changes: [{ ...first, action: 'uncertain' }, ...rest] },
  ]
  for (const each of wrong) assert.is(outcomeOf(sealed({ callctlPlan: 2, ...each })), 'StalePlanError')
})

test('random JSON under a seal that fits is never taken for a plan, and throws nothing else', () => {
  const keys = fc.constantFrom(
    'createdAt',
    'callctl',
    'destination',
    'tenantId',
    'lineage',
    'environment',
    'workspace',
    'changes',
  )
  const property = fc.property(keys, fc.jsonValue({ maxDepth: 3 }), (key, value) => {
    assert.ok(
      ['plan', 'StalePlanError'].includes(outcomeOrPlan(sealed({ callctlPlan: 2, ...plan, [key]: value }))),
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
