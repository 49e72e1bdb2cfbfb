import { readFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import {
  type RequestLogLine,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/simulator.js'

// A plain HTTP client for the simulator's tests: a fresh connection for each request, no retries, no redirects.

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: Record<string, unknown>
}

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly body?: unknown
  /** An undefined value leaves a usual header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
}

export const calls = '/v1.0/communications/calls'

export const peerCall = {
  '@odata.type': '#microsoft.graph.call',
  callbackUri: 'https://bot.example.com/callback',
  targets: [{ identity: { user: { id: '112f7296-5fa4-42ca-bae8-6a692b15d4b8', displayName: 'John' } } }],
  requestedModalities: ['audio'],
  mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
}

export const meetingCall = {
  '@odata.type': '#microsoft.graph.call',
  callbackUri: 'https://bot.example.com/callback',
  requestedModalities: ['audio'],
  mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  meetingInfo: {
    '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
    joinMeetingId: '1234567',
    passcode: 'psw123',
  },
  tenantId: '86dc81db-c112-4228-9222-63f3e5aa1edb',
}

export function send(simulator: Simulator, { method = 'GET', path = calls, body, headers }: Sent) {
  const usual = {
    authorization: 'Bearer worthless',
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const all = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== undefined)
  return new Promise<Received>((resolve, reject) => {
    const outgoing = request(
      simulator.url + path,
      { method, agent: false, headers: Object.fromEntries(all) as Record<string, string> },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        answer.on('error', reject)
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: readJson(text) })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body))
  })
}

export const post = (simulator: Simulator, body: unknown = peerCall, rest: Sent = {}): Promise<Received> =>
  send(simulator, { method: 'POST', body, ...rest })

export const get = (simulator: Simulator, path: string): Promise<Received> => send(simulator, { path })

export const hangUp = (simulator: Simulator, path: string): Promise<Received> =>
  send(simulator, { method: 'DELETE', path })

/** The code by which a request failed, or its status when it did not. */
export const failureOf = (answer: Promise<Received>): Promise<string | number> =>
  answer.then(
    ({ status }) => status,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  )

export async function withSimulator(
  options: SimulatorOptions,
  use: (simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator(options)
  try {
    await use(simulator)
  } finally {
    await simulator.close()
  }
}

export const readLog = (path: string): RequestLogLine[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Graph's error object of an answer. */
export const errorOf = ({ json }: Received) =>
  json['error'] as { code: string; message: string; innerError: Record<string, string> }

/** A clock that stands still until it is moved. */
export function stoppedClock(start = Date.UTC(2026, 0, 1)) {
  let time = start
  return {
    now: () => time,
    move(milliseconds: number) {
      time += milliseconds
    },
  }
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
