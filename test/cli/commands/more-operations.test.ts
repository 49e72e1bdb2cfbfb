// Operations on a group call through the command line and the simulator, and every body that was published.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkBody } from '../../../src/compile/payload/check-body.js'
import type { OperationName } from '../../../src/model/operation.js'
import { findOperation } from '../../../src/plan/operations.js'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { runSimulator } from '../../helpers/callctl-simulator.js'
import { userOf, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('more-operations')

const files = {
  'callctl.yaml':
    'version: 1\ndefaults: { callbackUri: "https://bot.contoso.com/callback", tenantId: 9f4b0c7e-1111-4222-8333-444455556666 }\n',
  'calls/bridge.yaml': `calls:
  bridge:
    call:
      targets:
        - identity: { user: { id: ${userOf('adele')} } }
        - identity: { user: { id: ${userOf('diego')} } }
      requestedModalities: [audio]
      mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`,
}

interface Live {
  run(...words: string[]): Promise<Finished>
  /** Method and path of what was asked last. */
  last(): string
  readonly place: Workspace
}

const withBridge = (work: (live: Live) => Promise<void>): Promise<void> =>
  withWorkspace(files, (place) =>
    runSimulator('none=1x', place, async (simulator) => {
      const run = (...words: string[]) =>
        callctl([...words, '--simulator', simulator.url], { cwd: place.folder })
      assert.is((await run('apply', '--yes')).code, 0)
      const last = () => {
        const { method, path } = simulator.log().at(-1)!
        return `${method} ${path.replace(/calls\/[^/]+/, 'calls/ID')}`
      }
      await work({ run, last, place })
    }),
  )

const participantsOf = async ({ run }: Live): Promise<readonly string[]> =>
  JSON.parse((await run('call', 'participants', 'bridge', '--json')).stdout).participants.map(
    ({ id }: { id: string }) => id,
  )

test('each is asked of the version that has it', () =>
  withBridge(async (live) => {
    const [bot = '', first = ''] = await participantsOf(live)
    const cases: readonly (readonly [words: readonly string[], request: string])[] = [
      [
        ['update-recording-status', 'bridge', '--status', 'recording'],
        'POST /v1.0/communications/calls/ID/updateRecordingStatus',
      ],
      [
        ['mute-all', 'bridge', '--participant', first],
        'POST /beta/communications/calls/ID/participants/muteAll',
      ],
      [['start-recording', 'bridge'], 'POST /beta/communications/calls/ID/microsoft.graph.StartRecording'],
      [['stop-recording', 'bridge'], 'POST /beta/communications/calls/ID/microsoft.graph.StopRecording'],
      [
        ['start-transcription', 'bridge', '--language', 'en-us'],
        'POST /beta/communications/calls/ID/microsoft.graph.StartTranscription',
      ],
      [
        ['stop-transcription', 'bridge'],
        'POST /beta/communications/calls/ID/microsoft.graph.StopTranscription',
      ],
      [['hold', 'bridge', first], `POST /v1.0/communications/calls/ID/participants/${first}/startHoldMusic`],
      [['unhold', 'bridge', first], `POST /v1.0/communications/calls/ID/participants/${first}/stopHoldMusic`],
      [['admit', 'bridge', first], `POST /beta/communications/calls/ID/participants/${first}/admitFromLobby`],
      [['admit-all', 'bridge'], 'POST /beta/communications/calls/ID/participants/admitAllFromLobby'],
      [
        ['remove-from-lobby', 'bridge', first],
        `POST /beta/communications/calls/ID/participants/${first}/removeFromLobby`,
      ],
      [
        ['whisper', 'bridge', '--source', bot, '--receiver', first],
        'POST /v1.0/communications/calls/ID/audioRoutingGroups',
      ],
      [['routing-groups', 'bridge'], 'GET /v1.0/communications/calls/ID/audioRoutingGroups'],
    ]
    for (const [words, request] of cases) {
      const { code, stderr } = await live.run('call', ...words)
      assert.is(code, 0, `${words[0]}: ${stderr}`)
      assert.is(live.last(), request)
    }
  }))

test('a whisper is changed and ended by its id, which the list shows', () =>
  withBridge(async (live) => {
    const [bot = '', first = '', second = ''] = await participantsOf(live)
    const made = await live.run('call', 'whisper', 'bridge', '--source', bot, '--receiver', first, '--json')
    const { id } = JSON.parse(made.stdout)
    assert.match((await live.run('call', 'routing-groups', 'bridge')).stdout, id)
    const change = [
      'update-whisper',
      'bridge',
      id,
      '--source',
      bot,
      '--receiver',
      first,
      '--receiver',
      second,
    ]
    assert.is((await live.run('call', ...change)).code, 0)
    assert.match((await live.run('call', 'routing-groups', 'bridge')).stdout, 'multicast')
    assert.is((await live.run('call', 'end-whisper', 'bridge', id)).code, 0)
    assert.match((await live.run('call', 'routing-groups', 'bridge')).stdout, '0 audio routing groups')
  }))

test('what is asked for wrongly is told before anything is sent', () =>
  withBridge(async ({ run, last }) => {
    const before = last()
    for (const words of [
      ['update-recording-status', 'bridge'],
      ['mute-all', 'bridge'],
      ['whisper', 'bridge', '--source', 'a'],
      ['end-whisper', 'bridge'],
      ['hold', 'bridge', 'x', '--tones', '1'],
    ]) {
      assert.is((await run('call', ...words)).code, 3, words.join(' '))
    }
    assert.is((await run('call', 'update-recording-status', 'bridge', '--status', 'paused')).code, 4)
    assert.is(last(), before)
  }))

const published = resolve(process.cwd(), '../shared/graph/examples/operations')
const target = { cloud: 'global', version: 'v1.0', collection: 'communications' } as const

if (existsSync(published))
  for (const file of readdirSync(published)) {
    test(`${file} is accepted as it was published`, () => {
      const name = /^v1\.0-(.+)-\d+\.json$/.exec(file)![1] as OperationName
      const value = JSON.parse(readFileSync(join(published, file), 'utf8'))
      const { diagnostics } = checkBody({ value }, findOperation(name)!.body!, target, new Map())
      // A number of the pages is no number, and a ring cannot be undone.
      assert.equal(
        diagnostics.filter(({ code, severity }) => severity === 'error' && !code.startsWith('lint/')),
        [],
      )
    })
  }

test('open types take what pages send beside their documented properties', () => {
  const identity = { user: { id: userOf('adele'), identityProvider: 'AAD' } }
  const transfer = {
    transferTarget: { endpointType: 'default', languageId: 'en-us', region: 'amer', identity },
    clientContext: 'x',
  }
  for (const version of ['v1.0', 'beta'] as const) {
    const { diagnostics } = checkBody({ value: transfer }, 'transfer', { ...target, version }, new Map())
    assert.equal(diagnostics, [])
  }
  const beta = { ...target, version: 'beta' } as const
  const record = { streamWhileRecording: true }
  assert.equal(checkBody({ value: record }, 'record', beta, new Map()).diagnostics, [])
  assert.is(checkBody({ value: record }, 'record', target, new Map()).diagnostics.length, 1)
})

test.run()
