import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { routes } from '../../../src/simulator/routes.js'
import { readTypes, type Version } from '../../schema/bodies.js'
import { type Answer, type Driven, drive } from './drive.js'
import { kindOf } from './kinds.js'
import { changeTypes, createValidators, notificationTypes } from './metadata.js'
import { type Published, published } from './published.js'
import { ask2018 } from './seed.js'

// What the simulator tells, held against Graph's metadata.

const test = suite('simulator/conformance')
const COLLECTIONS: readonly (readonly [path: string, version: Version])[] = [
  ['/v1.0/communications/calls', 'v1.0'],
  ['/beta/communications/calls', 'beta'],
  ['/beta/app/calls', 'beta'],
  ['/beta/applications/00000000-0000-0000-0000-000000000001/calls', 'beta'],
]
const driven = new Map<string, Promise<Driven>>()

function driveOnce(path: string): Promise<Driven> {
  const begun = driven.get(path) ?? drive(path)
  driven.set(path, begun)
  return begun
}

/** An error of Graph, which has no metadata. */
const ERROR = ['error.code', 'error.innerError', 'error.message']
const INNER = ['client-request-id', 'date', 'request-id']

function problemsOf(answer: Answer, version: Version, left: readonly Published[] = []): readonly string[] {
  const { type, json, text, method, path, status } = answer
  const where = (problem: string): string => `${method} ${path} ${status}: ${problem}`
  if (type === 'error') return errorProblems(json).map(where)
  if (type === undefined) return text === '' ? [] : [where(`the body ${text}`)]
  const validate = createValidators(version, left)
  const isList = Array.isArray(json['value'])
  const values = isList ? (json['value'] as Record<string, unknown>[]) : [json]
  const wrong = values.filter((value) => value['@odata.type'] !== `#microsoft.graph.${type}`)
  return [
    ...wrong.map((value) => where(`the type ${value['@odata.type']} instead of ${type}`)),
    ...values.flatMap((value) => validate(type, value)).map(where),
  ]
}

function errorProblems(json: Record<string, unknown>): readonly string[] {
  const error = (json['error'] ?? {}) as Record<string, unknown>
  const names = Object.keys(error).map((name) => `error.${name}`)
  const inner = Object.keys((error['innerError'] ?? {}) as object)
  return assertSame(names, ERROR).concat(assertSame(inner, INNER))
}

const assertSame = (names: readonly string[], wanted: readonly string[]): string[] =>
  [...names].sort().join() === wanted.join() ? [] : [`${names.join()} instead of ${wanted.join()}`]

function noticeProblems({ notifications }: Driven, version: Version, left: readonly Published[] = []) {
  const validate = createValidators(version, left)
  return notifications.flatMap(({ envelope, resourceUrl, changeType, resourceData }) => {
    const resources = Array.isArray(resourceData) ? resourceData : [resourceData]
    const found = resources.flatMap((resource) =>
      validate(String(resource['@odata.type']).replace('#microsoft.graph.', ''), resource),
    )
    const problems = [...validate('commsNotifications', envelope), ...found]
    return problems.map((problem) => `${changeType} ${resourceUrl}: ${problem}`)
  })
}

for (const [path, version] of COLLECTIONS) {
  test(`every answer of ${path} has the form of metadata`, async () => {
    const { answers } = await driveOnce(path)
    assert.equal(
      answers.flatMap((answer) => problemsOf(answer, version)),
      [],
    )
  })

  test(`every notification of ${path} has the form of metadata`, async () => {
    assert.equal(noticeProblems(await driveOnce(path), version), [])
  })

  test(`everything that ${path} serves is asked for`, async () => {
    const { answers } = await driveOnce(path)
    const done = new Set(
      answers.filter(({ status }) => status < 300).map((each) => `${each.method} ${each.path}`),
    )
    const served = routes.filter(({ isBeta }) => version === 'beta' || !isBeta)
    const asked = served.map((each) => `${each.method} ${each.path.replaceAll('{id}', '{}')}`)
    assert.equal(
      asked.filter((each) => !done.has(each)),
      [],
    )
  })
}

/** Every kind, by what it tells. */
const KINDS = [
  'deleted call terminated 200',
  'deleted call terminated 408',
  'deleted call terminated 0',
  'deleted call terminated 0 AppTransferred',
  'deleted inviteParticipantsOperation completed 200',
  'deleted playPromptOperation completed 200',
  'deleted playPromptOperation failed 400',
  'deleted recordOperation completed 200',
  'deleted recordOperation failed 400',
  'deleted sendDtmfTonesOperation completed 200',
  'updated call established',
  'updated call established 500',
  'updated call established tone1',
  'updated call establishing',
  'updated call transferAccepted',
  'updated call transferring',
  'updated participants',
]

for (const [path] of COLLECTIONS) {
  test(`every kind of notification of ${path} is heard`, async () => {
    const { notifications } = await driveOnce(path)
    assert.equal([...new Set(notifications.map(kindOf))].sort(), [...KINDS].sort())
  })
}

test('a call with a body of 2018 has the form of that time, or of beta where that takes it', async () => {
  const [beta, seed] = [createValidators('beta'), createValidators('seed')]
  const answers = await ask2018()
  const old = answers.filter((answer) => beta('call', answer).length > 0)
  assert.ok(old.length > 0)
  for (const answer of old) assert.equal(seed('call', answer), [])
})

for (const each of published) {
  const name = [each.version, each.type, each.property, each.members?.join()].filter(Boolean).join(' ')
  test(`metadata alone would refuse ${name}`, async () => {
    const [path, version] = COLLECTIONS[each.version === 'beta' ? 1 : 0]!
    const { answers, notifications } = await driveOnce(path)
    const problems = [
      ...answers.flatMap((answer) => problemsOf(answer, version, [each])),
      ...noticeProblems({ answers, notifications }, version, [each]),
    ]
    assert.ok(problems.length > 0)
  })
}

interface Facts {
  readonly members?: readonly string[]
  readonly props?: Readonly<Record<string, unknown>>
}

test('the types of notifications are those of types.json', () => {
  const facts = readTypes<Record<string, Record<string, Facts>>>()
  if (facts === undefined) return console.log('skipped: no ../shared/graph/types.json to compare with')
  for (const version of ['v1.0', 'beta']) {
    for (const [name, properties] of Object.entries(notificationTypes))
      assert.equal(Object.keys(properties).sort(), Object.keys(facts[version]![name]!.props ?? {}).sort())
    assert.equal([...changeTypes].sort(), [...facts[version]!['changeType']!.members!].sort())
  }
})

test.run()
