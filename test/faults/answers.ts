import { readFileSync } from 'node:fs'
import { apply, type Bench, makeRoom, type Room, withBench } from './bench.js'
import { checkHistory } from './history.js'
import { type RawReply, type RawRequest, startRawGraph } from './raw-graph.js'
import { withSimulator } from './simulator-process.js'
import type { SuiteReport } from './suite-report.js'

export interface AnswerSettings {
  /** Tests every so manyeth status and form; 1 tests all. */
  readonly step: number
  /** Leaves out the throttle, which keeps callctl waiting for seconds. */
  readonly isShort?: boolean
  readonly bundle?: string | undefined
}

/** A fault of the simulator, and what the table of docs/reliability.md says of it. */
interface Row {
  readonly faults: string
  readonly state: 'placed' | 'uncertain' | 'failed'
  readonly code: number
  readonly posts: number
}

const rows: readonly Row[] = [
  { faults: 'none=1x', state: 'placed', code: 0, posts: 1 },
  { faults: 'lost-answer=1x', state: 'uncertain', code: 10, posts: 1 },
  // The head, with its Location, came whole.
  { faults: 'cut-answer=1x', state: 'placed', code: 0, posts: 1 },
  { faults: 'reset=1x', state: 'uncertain', code: 10, posts: 1 },
  { faults: 'throttle=1x', state: 'placed', code: 0, posts: 2 },
  { faults: 'throttle=9x', state: 'failed', code: 9, posts: 5 },
  { faults: 'throttle-no-hint=1x', state: 'uncertain', code: 10, posts: 1 },
  { faults: 'server-error=1x', state: 'uncertain', code: 10, posts: 1 },
  { faults: 'unavailable=1x', state: 'uncertain', code: 10, posts: 1 },
  { faults: 'slow=1x,delay=300', state: 'placed', code: 0, posts: 1 },
  { faults: 'no-id=1x', state: 'uncertain', code: 10, posts: 1 },
  { faults: 'bad-json=1x', state: 'placed', code: 0, posts: 1 },
  { faults: 'redirect=1x', state: 'uncertain', code: 10, posts: 1 },
  { faults: 'unauthorized=1x', state: 'placed', code: 0, posts: 2 },
  { faults: 'refuse=1x', state: 'failed', code: 9, posts: 1 },
]

export const stateOf = (room: Room, address: string): string =>
  (JSON.parse(readFileSync(room.lockfile, 'utf8')) as { calls: Record<string, { state: string }> }).calls[
    address
  ]?.state ?? 'absent'

async function tryRow(bench: Bench, row: Row): Promise<readonly string[]> {
  return withSimulator(bench, row.faults, async (simulator) => {
    const room = makeRoom(bench, 1)
    const ended = await apply(bench, simulator.url, { cwd: room.folder })
    const posted = [...simulator.news()]
    const state = stateOf(room, 'call-0001')
    const again = row.state === 'failed' ? undefined : await apply(bench, simulator.url, { cwd: room.folder })
    const more = simulator.news()
    const history = checkHistory({ ...room, posted: [...posted, ...more] })
    return [
      ...history.violations,
      ...(ended.code === row.code ? [] : [`exit ${ended.code}, not ${row.code}: ${ended.stderr}`]),
      ...(state === row.state ? [] : [`${state}, not ${row.state}`]),
      ...(posted.length === row.posts ? [] : [`${posted.length} requests, not ${row.posts}`]),
      ...(more.length === 0 ? [] : ['the next run sent it again']),
      ...(again === undefined || again.code === (row.state === 'placed' ? 0 : 10)
        ? []
        : [`the next run ended with ${again.code}`]),
    ].map((each) => `${row.faults}: ${each}`)
  })
}

/** Each row of the answer table, by the simulator's faults. */
export async function runFaultRows({ isShort, bundle }: AnswerSettings): Promise<SuiteReport> {
  const chosen = rows.filter(({ faults }) => isShort !== true || !faults.startsWith('throttle='))
  return withBench(async (bench) => {
    const found = await Promise.all(
      [0, 1].map(async (lane) => {
        const violations: string[] = []
        for (const row of chosen.filter((_, index) => index % 2 === lane)) {
          violations.push(...(await tryRow(bench, row)))
        }
        return violations
      }),
    )
    const figures = [`${chosen.length} faults of the simulator, each as the table says, none sent again`]
    return { suite: 'answers', figures, violations: found.flat() }
  }, bundle)
}

/** A status with one form of answer. */
interface Form {
  readonly status: number
  readonly name: 'id' | 'location' | 'bare' | 'retry-after' | 'retry-after-garbage' | 'error-and-id'
}

const refusals = new Set([400, 403, 404, 405, 409, 410, 413, 415, 422])

function expectedState({ status, name }: Form): string {
  if (status >= 200 && status < 300) {
    const hasBody = status !== 204
    const isNamed = (name === 'id' || name === 'error-and-id') && hasBody
    return name === 'location' || isNamed ? 'placed' : 'uncertain'
  }
  // A refusal that names a call contradicts itself.
  if (name === 'location' || (name === 'error-and-id' && status !== 304)) return 'uncertain'
  if (refusals.has(status) || status === 401) return 'failed'
  return status === 429 && name === 'retry-after' ? 'failed' : 'uncertain'
}

function replyTo({ status, name }: Form, { callId, elsewhere }: RawRequest): RawReply {
  const isSuccess = status >= 200 && status < 300
  const error = '"error":{"code":"7777","message":"no"}'
  const hasId = (name === 'id' && isSuccess) || name === 'error-and-id'
  const body = hasId ? `{"id":"${callId}",${error}}` : `{${error}}`
  const extra = {
    id: '',
    bare: '',
    'error-and-id': 'Retry-After: 0.01\r\n',
    location: `Location: ${elsewhere}/v1.0/communications/calls/${callId}\r\n`,
    'retry-after': 'Retry-After: 0.01\r\n',
    'retry-after-garbage': 'Retry-After: soon\r\n',
  }[name]
  const hasBody = status !== 204 && status !== 304
  const bytes =
    `HTTP/1.1 ${status} Sweep\r\nContent-Type: application/json\r\nConnection: close\r\n${extra}` +
    (hasBody ? `Content-Length: ${body.length}\r\n\r\n${body}` : '\r\n')
  return { bytes, created: expectedState({ status, name }) !== 'failed' }
}

function listForms(step: number): readonly Form[] {
  const names: readonly Form['name'][] = [
    ...(['id', 'location', 'bare', 'retry-after', 'retry-after-garbage', 'error-and-id'] as const),
  ]
  const statuses = Array.from({ length: 400 }, (_, index) => index + 200)
  const all = statuses.flatMap((status) => names.map((name) => ({ status, name })))
  const telling = new Set([200, 201, 202, 204, 301, 302, 307, 308, 400, 401, 408, 429, 500, 503, 504])
  return all.filter(({ status }, index) => index % step === 0 || (telling.has(status) && step < 50))
}

/** The third of three calls is always placed, so that the circuit breaker lets the run go on. */
export const isProbe = (call: number): boolean => call % 3 !== 0
export const probeOf = (call: number): number => call - Math.ceil(call / 3)

/** Every status from 200 to 599 in six forms, from a server where whatever is not refused did ring. */
export async function runStatuses({ step, bundle }: AnswerSettings): Promise<SuiteReport> {
  const forms = listForms(step)
  const count = Math.ceil(forms.length * 1.5)
  const graph = await startRawGraph((request) => {
    const form = isProbe(request.call) ? forms[probeOf(request.call)] : undefined
    return replyTo(form ?? { status: 201, name: 'id' }, request)
  })
  try {
    return await withBench(async (bench) => {
      const room = makeRoom(bench, count)
      const ended = await apply(bench, graph.url, { cwd: room.folder, timeout: 600_000 })
      const history = checkHistory({ ...room, posted: graph.posted })
      const violations = [...history.violations, ...checkForms(room, forms)]
      if (ended.code !== 10) violations.push(`apply ended with ${ended.code}: ${ended.stderr.slice(-300)}`)
      if (graph.strays() > 0) violations.push(`${graph.strays()} redirects were followed`)
      const figures = [
        `${forms.length} statuses and forms, ${graph.posted.length} requests: each as the table says; redirects followed ${graph.strays()}`,
        `rings per call at most ${history.mostRings}, ids lost ${history.lost}`,
      ]
      return { suite: 'statuses', figures, violations }
    }, bundle)
  } finally {
    await graph.close()
  }
}

function checkForms(room: Room, forms: readonly Form[]): readonly string[] {
  const { calls } = JSON.parse(readFileSync(room.lockfile, 'utf8')) as {
    calls: Record<string, { state: string }>
  }
  return Array.from({ length: Math.ceil(forms.length * 1.5) }, (_, index) => index + 1).flatMap((call) => {
    const form = isProbe(call) ? forms[probeOf(call)] : { status: 201, name: 'id' as const }
    if (form === undefined) return []
    const state = calls[`call-${String(call).padStart(4, '0')}`]?.state ?? 'absent'
    const wanted = expectedState(form)
    return state === wanted ? [] : [`${form.status} ${form.name}: ${state}, not ${wanted}`]
  })
}
