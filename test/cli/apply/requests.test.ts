import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../../src/model/json.js'
import { callctl } from '../../helpers/callctl.js'
import { readEntries, stockTemplate, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, type Recorded, withGraphServer } from '../../helpers/graph-server.js'

// What reaches Graph is what was reviewed: the published requests, sent by the built bundle to a recording server.

const test = suite('requests')
const fixtures = join(process.cwd(), 'test', 'templates', 'fixtures')
const readJson = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject
const id = '57dab8b1-894c-409a-b240-bd8beae78896'

const apply = ({ folder }: Workspace, { url }: GraphServer) =>
  callctl(['apply', '--yes', '--concurrency', '1'], {
    cwd: folder,
    environment: { CALLCTL_GRAPH_ROOT: url },
  })

async function holdsCompiled({ folder }: Workspace, request: Recorded | undefined): Promise<void> {
  const compiled = await callctl(['compile'], { cwd: folder })
  assert.is(compiled.code, 0)
  assert.is(request?.body, compiled.stdout)
}

const settingsOf = (graph: string): string => `version: 1\ngraph: ${graph}\n`
const seedCall = 'calls:\n  seed:\n    uses: seed-call\n'
const template = (graph: string): string =>
  stockTemplate('seed-call').replace(/^graph:\n(?: .*\n)+/m, `graph: ${graph}\n`)

const places: readonly (readonly [graph: string, path: string])[] = [
  ['{ version: beta, collection: app }', '/beta/app/calls'],
  [
    '{ version: beta, collection: application, applicationId: 2891555a-92ff-42e6-80fa-6e1300c6b5c6 }',
    '/beta/applications/2891555a-92ff-42e6-80fa-6e1300c6b5c6/calls',
  ],
]

for (const [graph, path] of places) {
  test(`the seed's request, from template and definition, goes to ${path} once`, async () => {
    const files = {
      'callctl.yaml': settingsOf(graph),
      'templates/seed-call.yaml': template(graph),
      'calls/seed.yaml': seedCall,
    }
    await withWorkspace(files, (workspace) =>
      withGraphServer(
        () => created(id),
        async (server) => {
          const first = await apply(workspace, server)
          assert.is(first.code, 0, first.stdout + first.stderr)
          const [request, ...more] = server.requests
          assert.is(more.length, 0)
          assert.is(`${request?.method} ${request?.path}`, `POST ${path}`)
          assert.match(request?.headers.authorization ?? '', /^Bearer \S+$/)
          assert.is(request?.headers['content-type'], 'application/json')
          assert.equal(JSON.parse(request?.body ?? ''), readJson(join(fixtures, 'seed-call.json')))
          await holdsCompiled(workspace, request)
          assert.is(readEntries(workspace)['seed']?.callId, id)
          assert.is(readEntries(workspace)['seed']?.state, 'placed')
          const lockfile = workspace.read('calls.lock.json')
          const connections = server.connections()
          const second = await apply(workspace, server)
          assert.is(second.code, 0)
          assert.equal(second.connections, [])
          assert.is(server.connections(), connections)
          assert.is(workspace.read('calls.lock.json'), lockfile)
        },
      ),
    )
  })
}

/** The examples as they were collected lie beside the repository; where they do not, its own fixtures serve. */
function listExamples(): readonly string[] {
  const shared = resolve(process.cwd(), '../shared/graph/examples/requests')
  const folder = existsSync(shared) ? shared : fixtures
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
}

const graphOf = (name: string): string => {
  if (name.startsWith('seed')) return '{ version: beta, collection: app }'
  return name.startsWith('beta') || name.startsWith('join-channel')
    ? '{ version: beta }'
    : '{ version: v1.0 }'
}

test('every published request, written in place, is sent as it was published', async () => {
  const examples = listExamples().map((path) => [basename(path, '.json'), readJson(path)] as const)
  assert.ok(examples.length >= 8)
  const calls = examples.map(([name, call]) => [name, { graph: graphOf(name), call }] as const)
  const text = calls.map(
    ([name, { graph, call }]) => `  ${name}:\n    graph: ${graph}\n    call: ${JSON.stringify(call)}\n`,
  )
  const files = { 'callctl.yaml': 'version: 1\n', 'calls/all.yaml': `calls:\n${text.join('')}` }
  await withWorkspace(files, (workspace) =>
    withGraphServer(
      ({ body }) => created(`call-${Buffer.from(body).length}-${body.length}`),
      async (server) => {
        const finished = await apply(workspace, server)
        assert.is(finished.code, 0, finished.stdout + finished.stderr)
        const sent = server.requests.map(({ body }) => JSON.stringify(sortKeys(JSON.parse(body)))).sort()
        assert.equal(sent, examples.map(([, call]) => JSON.stringify(sortKeys(call))).sort())
        const before = server.connections()
        assert.is((await apply(workspace, server)).code, 0)
        assert.is(server.connections(), before)
      },
    ),
  )
})

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, sortKeys(each)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

test.run()
