import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../helpers/callctl.js'
import { readEntries, withWorkspace } from '../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../helpers/graph-server.js'

// Secrets and ids of other calls: placeholders in all that is reviewed, values in what is sent.

const test = suite('placeholders')
const secret = 'hunter2"\\'
const meeting = '57dab8b1-894c-409a-b240-bd8beae78896'
const other = '68dab8b1-894c-409a-b240-bd8beae78897'

const files = {
  'callctl.yaml':
    'env: [{ name: PASS, secret: true }]\ndefaults:\n  callbackUri: https://bot.contoso.com/cb\n  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }\n',
  'templates/meet.yaml':
    'variables: { code: { type: string, secret: true } }\ncall: { tenantId: t, meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: "1", passcode: "{{code}}" } }\n',
  'calls/a.yaml':
    'calls:\n  a-later: { call: { targets: [{ replacesCallId: "{{calls.meeting.id}}", identity: { user: { id: x } } }] } }\n  meeting: { uses: meet, with: { code: "{{env.PASS}}" } }\n',
}

const apply = (folder: string, server: GraphServer, environment: Record<string, string>) =>
  callctl(['apply', '--yes'], {
    cwd: folder,
    environment: { CALLCTL_GRAPH_ROOT: server.url, ...environment },
  })

/** The texts of all files beneath a folder. */
function textsIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? textsIn(path) : [readFileSync(path, 'latin1')]
  })
}

test('a secret and an id reach Graph, and nothing else', async () => {
  const ids = [meeting, other]
  await withWorkspace(files, (workspace) =>
    withGraphServer(
      () => created(ids.shift() ?? 'none'),
      async (server) => {
        const { folder } = workspace
        const applied = await apply(folder, server, { PASS: secret })
        assert.is(applied.code, 0, applied.stdout + applied.stderr)
        const [first, second] = server.requests.map(({ body }) => JSON.parse(body))
        assert.is(first.meetingInfo.passcode, secret)
        assert.is(second.targets[0].replacesCallId, meeting)
        assert.is(server.requests.length, 2)
        const seen = [applied.stdout, applied.stderr, ...textsIn(folder)]
        assert.not.ok(seen.some((text) => text.includes('hunter2')))
        assert.is(readEntries(workspace)['a-later']?.callId, other)
      },
    ),
  )
})

test('what is sent is the reviewed text but for the values', async () => {
  await withWorkspace(files, ({ folder }) =>
    withGraphServer(
      () => created(meeting),
      async (server) => {
        const compiled = await callctl(['compile', '--only', 'meeting'], { cwd: folder })
        await apply(folder, server, { PASS: secret })
        const filled = compiled.stdout.replace('(secret PASS)', () => JSON.stringify(secret).slice(1, -1))
        assert.is(server.requests[0]?.body, filled)
      },
    ),
  )
})

test('an answer that repeats the secret does not bring it into the record', async () => {
  await withWorkspace(files, ({ folder }) =>
    withGraphServer(
      ({ body }) => ({ status: 201, body: `{"subject":"no id","echo":${body}}` }),
      async (server) => {
        const applied = await apply(folder, server, { PASS: secret })
        assert.is(applied.code, 10)
        const seen = [applied.stdout, applied.stderr, ...textsIn(folder)]
        assert.not.ok(seen.some((text) => text.includes('hunter2')))
        assert.ok(seen.some((text) => text.includes('(secret PASS)')))
      },
    ),
  )
})

test('a secret that is not set keeps everything from being sent', async () => {
  await withWorkspace(files, ({ folder }) =>
    withGraphServer(
      () => created(meeting),
      async (server) => {
        const applied = await apply(folder, server, {})
        assert.is(applied.code, 3)
        assert.match(applied.stderr, /secret PASS/)
        assert.is(server.requests.length, 0)
      },
    ),
  )
})

test('a simulator gets placeholders, and needs no secret', async () => {
  await withWorkspace(files, async ({ folder }) => {
    const environment = { PASS: secret }
    const applied = await callctl(['apply', '--yes', '--simulator'], { cwd: folder, environment })
    assert.is(applied.code, 0, applied.stdout + applied.stderr)
    assert.not.ok(textsIn(folder).some((text) => text.includes('hunter2')))
    const again = await callctl(['apply', '--yes', '--simulator'], { cwd: folder })
    assert.is(again.code, 0)
  })
})

test('a call is not tried when the one that it needs was refused', async () => {
  await withWorkspace(files, ({ folder }) =>
    withGraphServer(
      () => ({ status: 403, body: '{"error":{"code":"7503","message":"no"}}' }),
      async (server) => {
        const applied = await apply(folder, server, { PASS: secret })
        assert.is(server.requests.length, 1)
        assert.match(applied.stdout, /a-later: not tried/)
        assert.not.equal(applied.code, 0)
      },
    ),
  )
})

test.run()
