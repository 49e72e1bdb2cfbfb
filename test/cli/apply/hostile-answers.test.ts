import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctlProcess } from '../../helpers/callctl-process.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { type Answering, idOf, startRawAnswers, withBody } from '../../helpers/raw-answers.js'

// Answers that no server should give, written byte by byte, to the built program: whatever comes, a call is rung once,
// and an id that can be read is in the record.

const test = suite('hostile answers')

type State = 'placed' | 'uncertain' | 'failed'
/** The state of the call, how many requests, whether its id has to be in the record. */
type Case = readonly [what: string, state: State, answer: Answering, keepsId?: boolean, posts?: number]

const sending =
  (make: (id: string) => string | Buffer): Answering =>
  (socket, id) =>
    void socket.end(make(id))
const other = (id: string): string => id.replace('call', 'another')
const json = (id: string): string => `{"id":"${id}"}`
const to = (id: string): string => `Location: https://graph.microsoft.com/v1.0/communications/calls/${id}`
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const chunked = (text: string, ...headers: readonly string[]): string =>
  ['HTTP/1.1 201 Created', 'Transfer-Encoding: chunked', ...headers, '', text].join('\r\n')
const created = (make: (id: string) => string | Buffer, ...headers: readonly string[]): Answering =>
  sending((id) => withBody('201 Created', make(id), ...headers))
const refusing = (status: string, make: (id: string) => string, ...headers: readonly string[]): Answering =>
  sending((id) => withBody(status, make(id), ...headers))

/** Again and again, until the peer closes. */
function forever(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 5)
  socket.once('close', () => clearInterval(timer))
}

const bomb = gzipSync(Buffer.concat([Buffer.alloc(30_000_000, 32), Buffer.from('{"id":"late"}')]))
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `X-${at}: ${at}`)

const headers: readonly Case[] = [
  ['a thousand headers', 'placed', created(json, ...many(1000))],
  [
    'headers beyond what is read, the id after them',
    'uncertain',
    created(json, `X-Long: ${'x'.repeat(17_000)}`),
    true,
  ],
  [
    'an id in Location before too many headers',
    'uncertain',
    created(() => '{}', ...[0].map(() => `X: ${'y'.repeat(17_000)}`)),
    false,
  ],
  ['a header without a name', 'uncertain', created(json, ': nothing'), true],
  ['a header with a zero', 'uncertain', created(json, 'X: a\0b'), true],
  ['a folded header', 'uncertain', created(json, 'X: a\r\n b'), true],
  ['no reason', 'placed', sending((id) => withBody('201', json(id)))],
  [
    'a version that is none',
    'uncertain',
    sending((id) => withBody('201 Created', json(id)).toString().replace('1.1', '9.9')),
    true,
  ],
  ['lengths that differ', 'uncertain', created(json, 'Content-Length: 3'), true],
  ['a length and chunks', 'uncertain', created((id) => chunk(json(id)), 'Transfer-Encoding: chunked'), true],
  [
    'a length that is no number',
    'uncertain',
    sending((id) => `HTTP/1.1 201 Created\r\nContent-Length: x\r\n\r\n${json(id)}`),
    true,
  ],
  ['a status of two digits', 'uncertain', sending((id) => withBody('20 Created', json(id))), true],
  ['two Locations', 'placed', created(json, to('other'), to('another'))],
  ['an id in Location alone', 'placed', sending((id) => withBody('201 Created', '', to(id)))],
  [
    'a relative Location',
    'placed',
    sending((id) => withBody('201 Created', '', `Location: /communications/calls/${id}`)),
  ],
  ['a Location of another call', 'placed', created(json, to('other'))],
  ['a Location that climbs', 'uncertain', created(() => '{}', to('..%2f..'))],
  ['a Location in a redirect', 'uncertain', sending((id) => withBody('307 Elsewhere', '', to(id))), true],
]

const bodies: readonly Case[] = [
  ['HTML', 'uncertain', created(() => '<html>welcome</html>')],
  ['HTML that has the id', 'uncertain', created((id) => `<a href="/communications/calls/${id}">x</a>`), true],
  ['two documents', 'uncertain', created((id) => `${json(id)}${json('other')}`), true],
  [
    'two ids under one name, ours first',
    'placed',
    created((id) => `{"id":"${id}","id":"${other(id)}"}`),
    true,
  ],
  [
    'two ids under one name, ours last',
    'placed',
    created((id) => `{"id":"${other(id)}","id":"${id}"}`),
    true,
  ],
  [
    'two ids, one name in escapes',
    'placed',
    created((id) => `{"id":"${id}","\\u0069d":"${other(id)}"}`),
    true,
  ],
  ['a mark at the beginning', 'placed', created((id) => `\ufeff${json(id)}`)],
  ['UTF-16, small end first', 'placed', created((id) => Buffer.from(`\ufeff${json(id)}`, 'utf16le'))],
  [
    'UTF-16, large end first',
    'placed',
    created((id) => Buffer.from(`\ufeff${json(id)}`, 'utf16le').swap16()),
  ],
  ['an id of digits', 'uncertain', created(() => '{"id":12345}')],
  ['an id in a list', 'uncertain', created((id) => `{"id":["${id}"]}`), true],
  ['an id of nothing', 'uncertain', created(() => '{"id":""}')],
  ['an id that is null', 'uncertain', created(() => '{"id":null}')],
  ['an id of 4 KiB', 'uncertain', created(() => `{"id":"${'x'.repeat(4096)}"}`)],
  ['an id in another object', 'uncertain', created((id) => `{"value":{"call":${json(id)}}}`), true],
  ['an id in a text', 'uncertain', created((id) => JSON.stringify({ message: json(id) })), true],
  ['a list', 'uncertain', created((id) => `[${json(id)}]`), true],
  ['deep JSON', 'uncertain', created((id) => `${'['.repeat(5000)}${json(id)}${']'.repeat(5000)}`), true],
  ['a prototype', 'placed', created((id) => `{"__proto__":{"id":"x"},"id":"${id}"}`)],
  ['a chain of 4 KiB', 'placed', created((id) => `{"id":"${id}","callChainId":"${'c'.repeat(4096)}"}`)],
  ['2 MiB of spaces before the id', 'uncertain', created((id) => `${' '.repeat(2_000_000)}${json(id)}`)],
  ['no body', 'uncertain', sending(() => 'HTTP/1.1 201 Created\r\n\r\n')],
  ['a body until the end, whole', 'placed', sending((id) => `HTTP/1.1 201 Created\r\n\r\n${json(id)}`)],
  [
    'a length that is too long',
    'uncertain',
    sending((id) => `HTTP/1.1 201 Created\r\nContent-Length: 999\r\n\r\n${json(id)}`),
    true,
  ],
  [
    'a length that is too short',
    'uncertain',
    sending((id) => `HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\n${json(id)}`),
  ],
]

const chunks: readonly Case[] = [
  ['each byte a chunk', 'placed', sending((id) => chunked(`${[...json(id)].map(chunk).join('')}0\r\n\r\n`))],
  ['chunks without an end', 'uncertain', sending((id) => chunked(chunk(json(id)))), true],
  ['a trailer', 'placed', sending((id) => chunked(`${chunk(json(id))}0\r\nX: y\r\n\r\n`))],
  [
    'a trailer with a Location',
    'uncertain',
    sending((id) => chunked(`${chunk('{}')}0\r\n${to(id)}\r\n\r\n`)),
  ],
  ['a chunk whose size is none', 'uncertain', sending((id) => chunked(`${chunk(json(id))}zz\r\n`)), true],
  ['a chunk of a huge size', 'uncertain', sending((id) => chunked(`FFFFFFFFFFFFFFFFF\r\n${json(id)}`))],
  [
    'chunks for ever, the id first',
    'uncertain',
    (socket, id) => {
      socket.write(chunked(chunk(`{"id":"${id}","x":"`)))
      forever(socket, chunk('y'))
    },
    true,
  ],
  [
    'chunks for ever after an id in Location',
    'placed',
    (socket, id) => {
      socket.write(chunked('', to(id)))
      forever(socket, chunk('y'))
    },
  ],
  ['gzip', 'placed', created((id) => gzipSync(json(id)), 'Content-Encoding: gzip')],
  ['gzip that nobody told of', 'placed', created((id) => gzipSync(json(id)))],
  ['gzip twice', 'placed', created((id) => gzipSync(gzipSync(json(id))), 'Content-Encoding: gzip, gzip')],
  [
    'gzip without its end',
    'placed',
    created((id) => gzipSync(json(id)).subarray(0, -8), 'Content-Encoding: gzip'),
  ],
  ['deflate', 'placed', created((id) => deflateSync(json(id)), 'Content-Encoding: deflate')],
  [
    'deflate without its frame',
    'placed',
    created((id) => deflateRawSync(json(id)), 'Content-Encoding: deflate'),
  ],
  ['Brotli', 'placed', created((id) => brotliCompressSync(json(id)), 'Content-Encoding: br')],
  ['gzip that is none', 'placed', created(json, 'Content-Encoding: gzip')],
  ['an encoding that nobody has', 'placed', created(json, 'Content-Encoding: nothing-known')],
  ['a bomb', 'uncertain', created(() => bomb, 'Content-Encoding: gzip')],
  [
    'a bomb after an id in Location',
    'placed',
    sending((id) => withBody('201 Created', bomb, to(id), 'Content-Encoding: gzip')),
  ],
]

const continues = 'HTTP/1.1 100 Continue\r\n\r\n'
const statuses: readonly Case[] = [
  [
    'a thousand times 100',
    'placed',
    sending((id) => continues.repeat(1000) + withBody('201 Created', json(id))),
  ],
  ['100 for ever', 'uncertain', (socket) => forever(socket, continues)],
  [
    'hints first',
    'placed',
    sending((id) => `HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${withBody('201 Created', json(id))}`),
  ],
  [
    '101',
    'uncertain',
    sending((id) => `HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n${json(id)}`),
    true,
  ],
  [
    'an answer after the answer',
    'placed',
    sending((id) => Buffer.concat([withBody('201 Created', json(id)), withBody('400 Bad', '{}')])),
  ],
  [
    'a refusal, then an answer',
    'uncertain',
    sending((id) => Buffer.concat([withBody('400 Bad', '{}'), withBody('201 Created', json(id))])),
    true,
  ],
  ['401 with an id', 'uncertain', refusing('401 No', (id) => json(id)), true],
  ['401 with an id of digits', 'uncertain', refusing('401 No', () => '{"id":7}')],
  ['401 with a list of ids', 'uncertain', refusing('401 No', (id) => `{"id":["${id}"]}`), true],
  ['401 with a Location', 'uncertain', sending((id) => withBody('401 No', '{}', to(id))), true],
  ['401 with a page that has the id', 'uncertain', refusing('401 No', (id) => `<p>callId: ${id}</p>`), true],
  ['401 twice', 'failed', refusing('401 No', () => '{"error":{"code":"x"}}'), false, 2],
  [
    '403 with the id in a text',
    'uncertain',
    refusing('403 No', (id) => JSON.stringify({ error: { code: 'x', message: `calls/${id}` } })),
    true,
  ],
  ['403', 'failed', refusing('403 No', () => '{"error":{"code":"x"}}')],
  ['429 with an id and a time', 'uncertain', refusing('429 Later', (id) => json(id), 'Retry-After: 0'), true],
  ['500 with an id', 'uncertain', refusing('500 No', (id) => json(id)), true],
  ['400 that is cut', 'uncertain', sending(() => 'HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\n{"err')],
  ['nothing at all', 'uncertain', (socket) => void socket.end()],
  ['silence', 'uncertain', () => {}],
  ['bytes that are no HTTP', 'uncertain', sending((id) => `SSH-2.0-x ${json(id)}`), true],
  ['a reset', 'uncertain', (socket) => void socket.resetAndDestroy()],
]

const wholeAnswer = Buffer.from(`HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n`)
/** The answer in two packets, parted at each byte. */
const parted: readonly Case[] = Array.from(
  { length: 130 },
  (_, at): Case => [
    `parted at byte ${at}`,
    'placed',
    (socket, id) => {
      const bytes = Buffer.concat([wholeAnswer, withBody('', json(id), to(id)).subarray(11)])
      socket.setNoDelay(true)
      socket.write(bytes.subarray(0, Math.min(at, bytes.length)), () =>
        setTimeout(() => socket.end(bytes.subarray(Math.min(at, bytes.length))), 3),
      )
    },
  ],
)

/** A second of the time for an answer lasts 40 ms, so that 30 of them are over soon. */
const quickSeconds = `
const { setTimeout: set } = globalThis
globalThis.setTimeout = (work, delay, ...rest) => set(work, delay === 1000 ? 40 : delay, ...rest)
`

/** All that callctl keeps. */
function recordOf({ folder }: Workspace): string {
  const read = (path: string): string =>
    readdirSync(path, { withFileTypes: true })
      .map((each) =>
        each.isDirectory() ? read(join(path, each.name)) : readFileSync(join(path, each.name), 'utf8'),
      )
      .join('\n')
  return existsSync(join(folder, '.callctl')) ? read(join(folder, '.callctl')) : ''
}

const nameOf = (at: number): string => `c${String(at).padStart(4, '0')}`

/** After each that is not placed one is answered well, so that the run goes on after unknown ones. */
async function tryAll(cases: readonly Case[]): Promise<void> {
  const named = cases.map((each, at) => [nameOf(at * 3), each] as const)
  const wells = cases.flatMap(([, state], at) => (state === 'placed' ? [] : nameOf(at * 3 + 2)))
  const names = [...named.map(([name]) => name), ...wells].toSorted()
  const server = await startRawAnswers(new Map(named.map(([name, [, , answer]]) => [name, answer])))
  try {
    const files = peerCalls(names)
    const settings = files['callctl.yaml']!.replace(
      'concurrency: 1',
      `concurrency: 1, people: ${names.length}`,
    )
    await withWorkspace({ ...files, 'callctl.yaml': settings }, async (workspace) => {
      mkdirSync(join(workspace.folder, 'tools'))
      const preload = join(workspace.folder, 'tools', 'quick.cjs')
      writeFileSync(preload, quickSeconds)
      const run = () =>
        callctlProcess(['apply', '--yes', '--simulator', server.url], { cwd: workspace.folder, preload })
      const ended = await run()
      const entries = readEntries(workspace, '.callctl/simulator.lock.json')
      const record = recordOf(workspace)
      const faults = named.flatMap(([name, [what, state, , keepsId = state === 'placed', posts = 1]]) => [
        ...(entries[name]?.state === state ? [] : [`${what}: ${entries[name]?.state}, not ${state}`]),
        ...(server.posts.get(name) === posts ? [] : [`${what}: ${server.posts.get(name)} requests`]),
        ...(!keepsId || record.includes(idOf(name)) ? [] : [`${what}: the id is lost`]),
      ])
      assert.equal(faults, [], `${ended.code} ${ended.stderr}`)
      const hasUnknown = cases.some(([, state]) => state === 'uncertain')
      assert.is(ended.code, hasUnknown ? 10 : 0)
    })
  } finally {
    await server.close()
  }
}

for (const [what, cases] of Object.entries({ headers, bodies, chunks, statuses, parted })) {
  test(`${what}: each as the table says, none rung twice, no id lost`, () => tryAll(cases))
}

test.run()
