import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import { startSimulator } from '../../../src/simulator/simulator.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'
import { fakeHost } from '../fake-host.js'

// A property that no schema knows and that a team lets out: the rehearsal must take what would be sent.

const test = suite('unknown-property')

const files = (severity: string): Record<string, string> => ({
  'callctl.yaml': `lints: { schema/unknown-property: ${severity} }
tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10
defaults:
  callbackUri: https://bot.contoso.com/cb
  requestedModalities: [audio]
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`,
  'calls/a.yaml': `calls:
  ping: { call: { newThing: 1, targets: [{ identity: { user: { id: 00000000-0000-4000-8000-000000000001 } } }] } }
`,
})

async function apply(folder: string, ...words: string[]): Promise<number> {
  const environment = { PATH: process.env['PATH'] }
  return run(
    ['apply', '--yes', ...words],
    fakeHost({ cwd: folder, environment, now: Date.now, uuid: randomUUID }),
  )
}

for (const [severity, code] of [
  ['warn', 0],
  ['off', 0],
  ['error', 4],
] as const)
  test(`the simulator of a workspace takes what ${severity} lets out`, () =>
    withWorkspace(files(severity), async ({ folder }) => {
      assert.is(await apply(folder, '--simulator'), code)
    }))

test('one that stands alone refuses it, as Graph does of a closed type', () =>
  withWorkspace(files('warn'), async ({ folder }) => {
    const simulator = await startSimulator({})
    try {
      assert.is(await apply(folder, '--simulator', simulator.url), 9)
    } finally {
      await simulator.close()
    }
  }))

test.run()
