// The schemas against the facts' type table, which only a checkout with ../shared has.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readTypes, VERSIONS, type Version } from './bodies.js'
import { type Definition, isListed, ownShape, type Property, readSchema } from './schemas.js'

interface Facts {
  readonly kind: string
  readonly base?: string | null
  readonly reach?: string
  readonly abstract?: boolean
  readonly members?: readonly string[]
  readonly props?: Readonly<Record<string, FactsProperty>>
}
interface FactsProperty {
  readonly type: string
  readonly collection: boolean
  readonly nullable: boolean | null
  readonly enum?: readonly string[]
}
type Table = Readonly<Record<string, Facts>>

const test = suite('schema against types.json')
const facts = readTypes<Record<Version, Table>>()
// Flattened into its users; or reached by notifications and meetings alone.
const LEFT_OUT = new Set(['entity', 'notification', 'notifications', 'onlineMeeting'])
const RANGE_NOTATION = 'dtmfPrompt.digits' // the seed's table lists 0, 9, A, D for 0-9 and A-D

// What Microsoft's published bodies hold beyond the tables.
const PARTIES = [
  'identitySet.phone',
  'identitySet.guest',
  'identitySet.applicationInstance',
  'identity.tenantId',
  'identity.identityProvider',
]
const OPEN = ['invitationParticipantInfo.languageId', 'invitationParticipantInfo.region']
const BEYOND: Record<Version, readonly string[]> = {
  seed: [
    ...PARTIES,
    'identitySet.encrypted',
    'mediaInfo.id',
    'mediaInfo.url',
    'meetingCapability.allowAnonymousUsersToStartMeeting',
    'noMediaConfig.removeFromDefaultAudioGroup',
    'recordOperation.recordResourceAccessToken',
  ],
  beta: [...PARTIES, ...OPEN],
  'v1.0': [
    ...PARTIES,
    ...OPEN,
    'invitationParticipantInfo.endpointType',
    'appHostedMediaConfig.removeFromDefaultAudioGroup',
    'organizerMeetingInfo.allowConversationWithoutHost',
    'serviceHostedMediaConfig.removeFromDefaultAudioGroup',
  ],
}
const MEMBERS_BEYOND: Record<Version, Readonly<Record<string, readonly string[]>>> = {
  seed: {},
  beta: {},
  'v1.0': { modality: ['unknown'], callState: ['ringing'] },
}

function reachable(table: Table): string[] {
  return Object.keys(table).filter((name) => !LEFT_OUT.has(name) && (table[name]!.reach ?? 'call') === 'call')
}

function baseOf(table: Table, name: string): string | undefined {
  const base = table[name]!.base?.replace(/ .*/, '').replace('microsoft.graph.', '')
  return base === undefined || !(base in table) ? undefined : base
}

function allProperties(table: Table, name: string): Record<string, FactsProperty> {
  const base = baseOf(table, name)
  return { ...(base ? allProperties(table, base) : {}), ...table[name]!.props }
}

function compareTypes(version: Version, table: Table): void {
  const { definitions } = readSchema(version)
  for (const name of reachable(table)) {
    const definition = definitions[name]
    if (table[name]!.kind === 'enum') compareMembers(version, name, table[name]!, definition)
    else compareProperties(version, name, table, definition)
  }
}

function compareMembers(
  version: Version,
  name: string,
  type: Facts,
  definition: Definition | undefined,
): void {
  const beyond = MEMBERS_BEYOND[version][name] ?? []
  assert.equal([...(definition?.enum ?? [])].sort(), [...(type.members ?? []), ...beyond].sort(), name)
}

function compareProperties(
  version: Version,
  name: string,
  table: Table,
  definition: Definition | undefined,
): void {
  assert.ok(definition, `${version} lacks ${name}`)
  if (definition.oneOf !== undefined) return // abstract: its properties are in its branches
  const { properties } = ownShape(definition)
  const wanted = allProperties(table, name)
  for (const [property, fact] of Object.entries(wanted)) {
    assert.ok(properties[property], `${version} lacks ${name}.${property}`)
    compareProperty(version, `${name}.${property}`, fact, properties[property])
  }
  const more = Object.keys(properties).filter(
    (property) => property !== '@odata.type' && !(property in wanted),
  )
  for (const property of more)
    assert.ok(BEYOND[version].includes(`${name}.${property}`), `${name}.${property}`)
}

function compareProperty(version: Version, name: string, fact: FactsProperty, property: Property): void {
  assert.is(isListed(property), fact.collection, `list: ${name}`)
  const { definitions } = readSchema(version)
  const ref = (property.items ?? property.else ?? property.allOf?.[0] ?? property).$ref?.split('/')[2]
  const members = ref === undefined ? undefined : definitions[ref]?.enum
  if (name !== RANGE_NOTATION)
    for (const value of fact.enum ?? []) assert.ok(members?.includes(value), `${name} ${value}`)
  const nullable =
    property.if?.type === 'null' || (Array.isArray(property.type) && property.type.includes('null'))
  const open = !('type' in property) && !('allOf' in property) && !('if' in property)
  if (!fact.collection && !open) assert.is(nullable, fact.nullable !== false, `null: ${name}`)
}

test('every type, property and member is there, and no others than named here', () => {
  if (facts === undefined) console.log('skipped: no ../shared/graph/types.json to compare with')
  else for (const version of VERSIONS) compareTypes(version, facts[version])
})

test.run()
