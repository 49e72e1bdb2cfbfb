import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calls, get, peerCall, post, type Received, send, withSimulator } from '../client.js'
import { type Driven, drive } from './drive.js'
import { kindOf } from './kinds.js'

// Microsoft's published bodies: what an example names, the simulator names too, in the same form.

const test = suite('simulator/conformance/examples')
const folder = join(process.cwd(), '..', 'shared', 'graph', 'examples')
const isThere = existsSync(folder)

const namesIn = (kind: string): readonly string[] => readdirSync(join(folder, kind)).sort()
const readExample = (kind: string, name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, kind, name), 'utf8'))

/** What the simulator sends no such thing of. */
const NOT_SENT: Readonly<Record<string, string>> = {
  'current-content-sharing-started.json': 'nobody shares a screen in the simulator',
  'seedera-call-established.json': 'the notifications of 2018, before v1.0',
  'seedera-call-terminated.json': 'the notifications of 2018, before v1.0',
}

/** Which of the simulator's notifications, by its kind, an example is like. */
const LIKE: Readonly<Record<string, string>> = {
  'current-call-terminated-with-reason.json': 'deleted call terminated 200',
  'v1.0-call-deleted.json': 'deleted call terminated 200',
  'v1.0-call-established.json': 'updated call established',
  'v1.0-call-establishing.json': 'updated call establishing',
  'v1.0-call-terminated.json': 'deleted call terminated 0',
  'v1.0-operation-playprompt-completed.json': 'deleted playPromptOperation completed 200',
  'v1.0-roster-2p.json': 'updated participants',
  'v1.0-tone-tone1.json': 'updated call established tone1',
}

/** Where an example is known to be no rule. */
const NOISE = [
  /^\/value\/0\/resource:/, // the old name, beside resourceUrl
  /\/resultInfo\/(sub)?code: string/, // numbers in metadata, and in every other example
  /^\/mediaConfig\/preFetchMedia/, // in answers to requests without it
]

/** Every place of a value, with the form of what stands there. Lists count by their first item. */
function placesOf(value: unknown, at = ''): readonly string[] {
  if (value === null) return [`${at}: null`]
  if (Array.isArray(value)) return [`${at}: list`, ...(value.length > 0 ? placesOf(value[0], `${at}/0`) : [])]
  if (typeof value !== 'object') return [`${at}: ${typeof value}`]
  return [
    `${at}: object`,
    ...Object.entries(value).flatMap(([name, held]) => placesOf(held, `${at}/${name}`)),
  ]
}

/** Places of an example that an answer lacks, or has in another form; null counts as any form, in both. */
function lackingIn(answer: unknown, example: unknown): readonly string[] {
  const forms = new Map(placesOf(answer).map((place) => place.split(': ') as [string, string]))
  return placesOf(example).filter((place) => {
    const [name = '', form = ''] = place.split(': ')
    if (NOISE.some((noise) => noise.test(place)) || isBelowNothing(name, forms)) return false
    const own = forms.get(name)
    return own !== form && (own === undefined || (own !== 'null' && form !== 'null'))
  })
}

/** Whether the answer has null or an empty list somewhere above. */
function isBelowNothing(name: string, forms: ReadonlyMap<string, string>): boolean {
  const names = name.split('/')
  return names.some((_name, index) => {
    const above = names.slice(0, index).join('/')
    if (forms.get(above) === 'null') return true
    return forms.get(above) === 'list' && !forms.has(`${above}/0`)
  })
}

if (!isThere) test('skipped: there is no ../shared/graph/examples', () => {})
else {
  let driven: Promise<Driven> | undefined
  const driveOnce = (): Promise<Driven> => {
    driven ??= drive(calls)
    return driven
  }

  for (const name of namesIn('notifications')) {
    if (NOT_SENT[name] !== undefined) continue
    test(`a notification has what ${name} has`, async () => {
      const { notifications } = await driveOnce()
      const like = notifications.find((each) => kindOf(each) === LIKE[name])
      assert.ok(like, `no notification is like ${name}`)
      assert.equal(lackingIn(like.envelope, readExample('notifications', name)), [])
    })
  }

  for (const name of namesIn('responses')) {
    test(`an answer has what ${name} has`, () =>
      withSimulator({}, async (simulator) => {
        const body = readExample('requests', name.replace('response', 'request'))
        const place = name.startsWith('seed')
          ? '/beta/app/calls'
          : `/${name.split('-')[0]}/communications/calls`
        const { status, json } = await send(simulator, { method: 'POST', path: place, body })
        assert.is(status, 201)
        assert.equal(lackingIn(json, readExample('responses', name)), [])
      }))
  }

  const failures: Readonly<Record<string, () => Promise<Received>>> = {
    '404-8522-call-not-found.json': () => inFaulty('none', (simulator) => get(simulator, `${calls}/none`)),
    '429-too-many-requests.json': () => inFaulty('throttle', (simulator) => post(simulator, peerCall)),
    '403-7503-app-not-registered-wrapped.json': () =>
      inFaulty('refuse', (simulator) => post(simulator, peerCall)),
  }
  for (const [name, fail] of Object.entries(failures)) {
    test(`an error has what ${name} has`, async () => {
      const { status, json } = await fail()
      const example = readExample('errors', name) as { error: { code: string } }
      assert.is(status, Number(name.slice(0, 3)))
      assert.is((json['error'] as { code: string }).code, example.error.code)
      assert.equal(lackingIn(json, example), [])
    })
  }
}

async function inFaulty(
  fault: 'none' | 'throttle' | 'refuse',
  ask: (simulator: Parameters<typeof get>[0]) => Promise<Received>,
): Promise<Received> {
  let answer: Received | undefined
  await withSimulator({ faults: { planned: [{ fault, count: 1 }] } }, async (simulator) => {
    answer = await ask(simulator)
  })
  return answer as Received
}

test.run()
