import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../../src/model/json.js'
import { callOf, editPayload, payloadAsItStands, type Scene, withScene } from './plan-world.js'

// Saved plans of calls that need a secret or the id of another call: placeholders in the file, filled when it is
// applied, and everything else as it was reviewed.

const test = suite('saved-placeholders')
const person = '00000000-0000-4000-8000-000000000001'
const secret = 'hunter2"\\'

const settings = `env: [{ name: PASS, secret: true }, { name: TOKEN_OF_BOT, secret: true }, REGION]
defaults:
  callbackUri: https://bot.contoso.com/cb
  requestedModalities: [audio]
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`
const meet = `variables: { code: { type: string, secret: true } }
call:
  tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10
  meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: "1234567", passcode: "{{code}}" }
`

const workspaceOf = (calls: string): Record<string, string> => ({
  'callctl.yaml': settings,
  'templates/meet.yaml': meet,
  'calls/a.yaml': `calls:\n${calls}`,
})

const meeting = '  meeting: { uses: meet, with: { code: "{{env.PASS}}" } }\n'
const later = `  a-later: { call: { targets: [{ replacesCallId: "{{calls.meeting.id}}", identity: { user: { id: ${person} } } }] } }\n`

const planText = ({ folder }: Scene): string => readFileSync(join(folder, 'plan.json'), 'utf8')
const bodies = ({ server }: Scene): readonly string[] => server.requests.map(({ body }) => body)

test('a plan holds placeholders, and applying fills them and nothing else', () =>
  withScene(workspaceOf(later + meeting), async (scene) => {
    const plan = await scene.save()
    assert.not.match(planText(scene), 'hunter2')
    scene.environment['PASS'] = secret
    const { code, stderr, stdout } = await scene.run('apply', 'plan.json', '--yes')
    assert.is(code, 0, stderr)
    const [first, second] = ['meeting', 'a-later'].map(
      (name) => plan.changes.find(({ address }) => address === name)!.payload!.text,
    )
    assert.equal(bodies(scene), [
      first!.replace('(secret PASS)', () => JSON.stringify(secret).slice(1, -1)),
      second!.replace('(known after apply: calls.meeting.id)', 'call-1'),
    ])
    assert.not.match(stdout + stderr, 'hunter2')
  }))

test('the plan says which secrets are filled in where, when it is saved and when it is applied', () =>
  withScene(workspaceOf(meeting), async (scene) => {
    await scene.save()
    scene.environment['PASS'] = secret
    const { code, stdout } = await scene.run('apply', 'plan.json', '--json')
    assert.is(code, 5)
    const [plan] = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as JsonObject)
      .filter((event) => event['sends'] !== undefined)
    assert.equal((plan!['sends'] as JsonObject)['secrets'], [
      { name: 'PASS', pointers: ['/meetingInfo/passcode'] },
    ])
    const shown = await scene.run('plan', '--out', 'other.json')
    assert.match(shown.stdout, 'Secrets filled in: PASS (/meetingInfo/passcode)')
  }))

test('a secret that is not set keeps everything from being sent, and the plan can be applied afterwards', () =>
  withScene(workspaceOf(meeting), async (scene) => {
    await scene.save()
    const { code, stderr } = await scene.run('apply', 'plan.json', '--yes')
    assert.is(code, 3)
    assert.match(stderr, 'PASS')
    assert.equal(bodies(scene), [])
    scene.environment['PASS'] = secret
    assert.is((await scene.run('apply', 'plan.json', '--yes')).code, 0)
  }))

test('a secret of `--var` is given once more, and the last one counts', () =>
  withScene(workspaceOf('  meeting: { uses: meet }\n'), async (scene) => {
    await scene.save('--var', 'code=4711')
    assert.not.match(planText(scene), '4711')
    const without = await scene.run('apply', 'plan.json', '--yes')
    assert.is(without.code, 6)
    assert.match(without.stderr, '--var code=')
    scene.write('more.yaml', 'code: "0815"\n')
    const words = ['--var-file', 'more.yaml', '--var', 'code=4712']
    assert.is((await scene.run('apply', 'plan.json', '--yes', ...words)).code, 0)
    assert.match(bodies(scene)[0]!, '"passcode": "4712"')
  }))

test('a flag that no text asks for is refused', () =>
  withScene(workspaceOf(meeting), async (scene) => {
    await scene.save()
    scene.environment['PASS'] = secret
    const { code, stderr } = await scene.run('apply', 'plan.json', '--yes', '--var', 'subject=x')
    assert.is(code, 3)
    assert.match(stderr, '--var subject')
    assert.equal(bodies(scene), [])
  }))

test('one name is not two secrets', () =>
  withScene(workspaceOf(meeting), async (scene) => {
    await scene.save()
    scene.environment['PASS'] = secret
    assert.is((await scene.run('apply', 'plan.json', '--yes', '--var', 'PASS=other')).code, 3)
    assert.equal(bodies(scene), [])
    assert.is((await scene.run('apply', 'plan.json', '--yes', '--var', `PASS=${secret}`)).code, 0)
  }))

for (const [where, files] of [
  ['in a definition', workspaceOf('  meeting: { uses: meet, with: { code: "4711" } }\n')],
  [
    'under the name of one of the environment',
    {
      ...workspaceOf('  meeting: { uses: meet, with: { PASS: "4711" } }\n'),
      'templates/meet.yaml': meet.replaceAll('code', 'PASS').replace('passPASS', 'passcode'),
    },
  ],
] as const) {
  test(`a secret that is written ${where} cannot be filled at apply, so no plan is saved`, () =>
    withScene(files, async (scene) => {
      const { code, stderr } = await scene.run('plan', '--out', 'plan.json')
      assert.is(code, 3, stderr)
      assert.match(stderr, 'plan cannot be saved')
    }))
}

test('a reference is to a call of the plan, or to one that is placed', () =>
  withScene(workspaceOf(later + meeting), async (scene) => {
    scene.environment['PASS'] = secret
    await scene.save('--only', 'a-later')
    const early = await scene.run('apply', 'plan.json', '--yes')
    assert.is(early.code, 6)
    assert.match(early.stderr, 'a-later: it needs the id of meeting, which is not placed')
    assert.is((await scene.run('apply', '--yes', '--only', 'meeting')).code, 0)
    await scene.save('--only', 'a-later')
    assert.is((await scene.run('apply', 'plan.json', '--yes')).code, 0)
    assert.match(bodies(scene)[1]!, '"replacesCallId": "call-1"')
  }))

test('a reference to an occasion is to that occasion', () =>
  withScene(
    workspaceOf(
      `${later}  meeting: { uses: meet, with: { code: "{{env.PASS}}" }, oncePer: "{{incident}}" }\n`,
    ),
    async (scene) => {
      scene.write('callctl.yaml', `variables: { incident: INC-1 }\n${settings}`)
      scene.environment['PASS'] = secret
      const plan = await scene.save()
      const { references } = plan.changes.find(({ address }) => address === 'a-later')!.payload!
      assert.equal(
        references?.map(({ address }) => address),
        ['meeting@INC-1'],
      )
      const { code, stdout } = await scene.run('apply', 'plan.json', '--yes')
      assert.is(code, 0)
      assert.match(stdout, 'Ids filled in: meeting@INC-1')
      assert.match(bodies(scene)[1]!, '"replacesCallId": "call-1"')
    },
  ))

/** Edits of a plan's text, sealed anew: what a stranger could have the secret do. */
const edits: readonly (readonly [title: string, edit: (call: JsonObject) => JsonObject])[] = [
  ['as whom the call rings', (call) => ({ ...call, targets: [userTarget('(secret PASS)')] })],
  ['as the host of the callback', (call) => ({ ...call, callbackUri: 'https://(secret PASS).example.com/' })],
  ['as the callback as a whole', (call) => ({ ...call, callbackUri: '(secret PASS)' })],
  ['as the tenant', (call) => ({ ...call, tenantId: '(secret PASS)' })],
  ['as a type', (call) => ({ ...call, mediaConfig: { '@odata.type': '(secret PASS)' } })],
  [
    'as a meeting',
    (call) => ({ ...call, meetingInfo: { ...meetingOf(call), joinMeetingId: '(secret PASS)' } }),
  ],
  ['of the environment that is none', (call) => ({ ...call, subject: '(env REGION)' })],
  ['of a call that is not referred to', (call) => ({ ...call, subject: '(known after apply: calls.x.id)' })],
  ['amid a text', (call) => ({ ...call, subject: 'at (known after apply: calls.meeting.id)' })],
]

const meetingOf = (call: JsonObject): JsonObject => call['meetingInfo'] as JsonObject
const userTarget = (id: string): JsonObject => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    user: { '@odata.type': '#microsoft.graph.identity', id },
  },
})

for (const [title, edit] of edits) {
  test(`a plan with a placeholder ${title} is refused, whoever sealed it`, () =>
    withScene(workspaceOf(meeting), async (scene) => {
      scene.environment['PASS'] = secret
      const plan = await scene.save()
      const edited = editPayload(plan, (payload) => payloadAsItStands(edit(callOf(payload))))
      const { code, stderr } = await scene.applySealed(edited)
      assert.is(code, 6, stderr)
      assert.equal(bodies(scene), [])
    }))
}

test('a plan whose references are not what its text says is refused', () =>
  withScene(workspaceOf(later + meeting), async (scene) => {
    scene.environment['PASS'] = secret
    assert.is((await scene.run('apply', '--yes', '--only', 'meeting')).code, 0)
    const plan = await scene.save()
    for (const references of [
      undefined,
      [{ address: 'other', property: 'id', placeholder: '(known after apply: calls.meeting.id)' }],
      [{ address: 'meeting', property: 'callChainId', placeholder: '(known after apply: calls.meeting.id)' }],
      [
        ...plan.changes[0]!.payload!.references!,
        { address: 'meeting', property: 'id', placeholder: '(known after apply: calls.x.id)' },
      ],
    ]) {
      const edited = editPayload(plan, () => ({ references: references as never }))
      assert.is((await scene.applySealed(edited)).code, 6, JSON.stringify(references))
    }
    assert.is(bodies(scene).length, 1)
  }))

for (const [title, calls] of [
  ['whom the call rings', `{ targets: [{ identity: { user: { id: "{{env.PASS}}" } } }] }`],
  [
    'where Graph reports to',
    `{ callbackUri: "{{env.PASS}}", targets: [{ identity: { user: { id: ${person} } } }] }`,
  ],
] as const) {
  test(`no plan is saved in which a secret chooses ${title}`, () =>
    withScene(workspaceOf(`  ping: { call: ${calls} }\n`), async (scene) => {
      const { code, stderr } = await scene.run('plan', '--out', 'plan.json')
      assert.is(code, 3, stderr)
      assert.match(stderr, `ping: a secret chooses ${title}`)
    }))
}

test('a secret behind the host of the callback is filled in', () =>
  withScene(
    workspaceOf(
      `  ping: { call: { callbackUri: "https://bot.contoso.com/cb?key={{env.PASS}}", targets: [{ identity: { user: { id: ${person} } } }] } }\n`,
    ),
    async (scene) => {
      scene.environment['PASS'] = 'abc'
      await scene.save()
      assert.is((await scene.run('apply', 'plan.json', '--yes')).code, 0)
      assert.match(bodies(scene)[0]!, '"callbackUri": "https://bot.contoso.com/cb?key=abc"')
    },
  ))

test.run()
