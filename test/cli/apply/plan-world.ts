// A workspace with a group call, a Graph that notes what it is sent, and saved plans that somebody has edited and
// sealed again. The program runs in this process.

import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../../../src/cli/run.js'
import { Arranger } from '../../../src/compile/payload/arrange.js'
import { shapesOf } from '../../../src/compile/payload/call-schemas.js'
import { digestOf, formatCall } from '../../../src/compile/payload/canonical.js'
import { inspect } from '../../../src/compile/payload/inspect.js'
import type { JsonObject } from '../../../src/model/json.js'
import type { SavedChange, SavedPayload, SavedPlan } from '../../../src/model/plan.js'
import { planPieces } from '../../../src/record/plan-file/plan-file.js'
import { parsePlanFile } from '../../../src/record/plan-file/read-plan-file.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../../helpers/graph-server.js'
import { fakeHost } from '../fake-host.js'

export const personId = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

const user = (number: number): JsonObject => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    user: { '@odata.type': '#microsoft.graph.identity', id: personId(number) },
  },
})

/** A group call of so many people. */
export const groupCall = (people: number, more: JsonObject = {}): JsonObject => ({
  '@odata.type': '#microsoft.graph.call',
  callbackUri: 'https://bot.contoso.com/callback',
  targets: Array.from({ length: people }, (_, index) => user(index + 1)),
  requestedModalities: ['audio'],
  mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  tenantId: personId(0xabc),
  ...more,
})

export const filesOf = (
  calls: Readonly<Record<string, JsonObject>>,
  settings = '',
): Record<string, string> => ({
  'callctl.yaml': `version: 1\n${settings}`,
  'calls/calls.yaml': JSON.stringify({
    calls: Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, { call }])),
  }),
})

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Scene {
  readonly folder: string
  readonly server: GraphServer
  /** More variables of the environment; a test may set and remove them. */
  readonly environment: Record<string, string>
  run(...words: string[]): Promise<Ran>
  runIn(folder: string, ...words: string[]): Promise<Ran>
  /** `plan --out plan.json`, and what it saved. */
  save(...words: string[]): Promise<SavedPlan>
  /** Seals it anew, and applies it with `--yes`. */
  applySealed(plan: SavedPlan, ...words: string[]): Promise<Ran>
  write(path: string, text: string): void
}

export const withScene = (
  files: Readonly<Record<string, string>>,
  work: (scene: Scene) => Promise<void>,
): Promise<void> =>
  withWorkspace(files, ({ folder }) => {
    let calls = 0
    return withGraphServer(
      ({ method }) => (method === 'POST' ? created(`call-${++calls}`) : { status: 204 }),
      (server) => work(sceneIn(folder, server)),
    )
  })

export function sceneIn(folder: string, server: GraphServer): Scene {
  const path = join(folder, 'plan.json')
  const environment: Record<string, string> = {}
  const runIn = async (cwd: string, ...words: string[]): Promise<Ran> => {
    const known = { CALLCTL_GRAPH_ROOT: server.url, PATH: process.env['PATH'] }
    const host = fakeHost({ cwd, environment: { ...known, ...environment }, now: Date.now, uuid: randomUUID })
    const code = await run(words, host)
    return { code, ...host.written }
  }
  return {
    folder,
    server,
    environment,
    runIn,
    run: (...words) => runIn(folder, ...words),
    async save(...words) {
      const { code, stderr } = await runIn(folder, 'plan', '--out', 'plan.json', ...words)
      if (code !== 0) throw new Error(`plan ended with ${code}: ${stderr}`)
      return parsePlanFile(readFileSync(path), path)
    },
    applySealed(plan, ...words) {
      writeFileSync(path, Buffer.concat([...planPieces(plan)]))
      return runIn(folder, 'apply', 'plan.json', '--yes', ...words)
    },
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    },
  }
}

/** With one change edited; its first, unless an address is given. */
export function editChange(
  plan: SavedPlan,
  edit: (change: SavedChange) => object,
  address = plan.changes[0]!.address,
): SavedPlan {
  const changes = plan.changes.map((each) => (each.address === address ? (edit(each) as SavedChange) : each))
  return { ...plan, changes }
}

export const editPayload = (
  plan: SavedPlan,
  edit: (payload: SavedPayload) => Partial<SavedPayload>,
): SavedPlan =>
  editChange(plan, (change) => ({ ...change, payload: { ...change.payload!, ...edit(change.payload!) } }))

/** A payload that says of itself what is true of this call, in the order that callctl gives it. */
export const payloadOf = (call: JsonObject) => payloadAsItStands(arrange(call))

export const payloadAsItStands = (call: JsonObject) => ({
  text: formatCall(call),
  digest: digestOf(call),
  touches: inspect(call),
})

function arrange(call: JsonObject): JsonObject {
  const target = { cloud: 'global', version: 'v1.0', collection: 'communications' } as const
  return new Arranger(shapesOf(target), 1_000_000).arrange(call)!.value
}

export const callOf = ({ text }: SavedPayload): JsonObject => JSON.parse(text) as JsonObject
