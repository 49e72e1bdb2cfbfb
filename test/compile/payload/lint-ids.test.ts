// What stands where an id belongs, in every place of one; and what looks odd and is an id.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lintCall } from '../../../src/compile/payload/lint.js'
import { findBodyFaults } from '../../../src/compile/payload/lint-body.js'
import type { GraphTarget } from '../../../src/model/call.js'
import type { JsonObject } from '../../../src/model/json.js'
import { personalForm } from '../../../src/model/personal-form.js'

const v1: GraphTarget = { cloud: 'global', version: 'v1.0', collection: 'communications' }
const tenantId = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const sound: JsonObject = {
  callbackUri: 'https://bot.contoso.com/callback',
  mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  tenantId,
}
const adele = { identity: { user: { id: '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501' } } }
const chat = { threadId: '19:meeting_x@thread.v2', messageId: '0' }
const organizer = (user: JsonObject): JsonObject => ({
  '@odata.type': '#microsoft.graph.organizerMeetingInfo',
  organizer: { user },
})

/** Every place of an id: a sound call but for it, and where it stands. */
const places = {
  person: [
    (id: string) => ({ ...sound, targets: [{ identity: { user: { id } } }] }),
    '/targets/0/identity/user/id',
  ],
  organizer: [
    (id: string) => ({ ...sound, chatInfo: chat, meetingInfo: organizer({ id }) }),
    '/meetingInfo/organizer/user/id',
  ],
  application: [
    (id: string) => ({ ...sound, targets: [adele], source: { identity: { application: { id } } } }),
    '/source/identity/application/id',
  ],
  tenant: [(id: string) => ({ ...sound, targets: [adele], tenantId: id }), '/tenantId'],
  thread: [
    (id: string) => ({
      ...sound,
      chatInfo: { ...chat, threadId: id },
      meetingInfo: organizer({ id: '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501' }),
    }),
    '/chatInfo/threadId',
  ],
  meeting: [
    (id: string) => ({
      ...sound,
      meetingInfo: { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo', joinMeetingId: id },
    }),
    '/meetingInfo/joinMeetingId',
  ],
} as const satisfies Record<string, readonly [(id: string) => JsonObject, string]>
type Place = keyof typeof places

const ids = suite('what is no id')

/** Of a shell. */
const variable = (name: string): string => `$\{${name}}`

const addresses = [
  'adele@contoso.com',
  'Adele.Vance@contoso.onmicrosoft.com',
  'adele_fabrikam.com#EXT#@contoso.onmicrosoft.com',
  'mailto:adele@contoso.com',
  'sip:adele@contoso.com',
  'Adele Vance <adele@contoso.com>',
  ' adele@contoso.com ',
  'adele\uff20contoso.com',
]
const numbers = [
  '+14255550100',
  '+1 (425) 555-0100',
  '0049 30 123456',
  '14255550100',
  'tel:+14255550100',
  '4:+14255550100',
  '\u202a+14255550100\u202c',
  '425.555.0100',
  '+14255550100;ext=12',
  '\uff0b390612345678',
]
for (const id of [...addresses, ...numbers])
  for (const place of ['person', 'organizer'] as const)
    ids(`${place}: ${JSON.stringify(id)} is an error`, () =>
      assert.equal(findings(place, id), [`lint/user-id ${places[place][1]}`]),
    )

const others: readonly (readonly [Place, string])[] = [
  ['person', '<user-id>'],
  ['person', variable('USER_ID')],
  ['person', '{user-id}'],
  ['person', '[object id]'],
  ['person', '%USER_ID%'],
  ['person', 'USER_ID'],
  ['person', 'your-user-id'],
  ['person', 'undefined'],
  ['person', '[object Object]'],
  ['person', 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'],
  ['person', '00000000-0000-0000-0000-000000000000'],
  ['person', 'Adele Vance'],
  ['person', '8:orgid:0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'],
  ['person', '{0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501}'],
  ['person', '"0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501"'],
  ['person', ' 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'],
  ['person', 'https://graph.microsoft.com/v1.0/users/0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'],
  ['organizer', '<organizer>'],
  ['application', '<app-id>'],
  ['application', 'bot@contoso.com'],
  ['application', '+14255550100'],
  ['application', 'api://0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'],
  ['tenant', variable('TENANT')],
  ['tenant', '<tenant-id>'],
  ['tenant', 'TENANT_ID'],
  ['tenant', 'common'],
  ['tenant', 'organizations'],
  ['tenant', 'contoso.com'],
  ['tenant', 'contoso.onmicrosoft.com'],
  ['tenant', 'adele@contoso.com'],
  ['tenant', 'https://login.microsoftonline.com/contoso.com'],
  ['thread', '19%3ameeting_x%40thread.v2'],
  ['thread', '19%3Ameeting_x@thread.v2'],
  ['thread', 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0'],
  ['thread', '<thread-id>'],
  ['thread', 'adele@contoso.com'],
  ['meeting', 'https://teams.microsoft.com/meet/2345678901234?p=aBcD'],
  ['meeting', '234 567 890 123 4'],
  ['meeting', '234-567-890'],
  ['meeting', '<meeting-id>'],
  ['meeting', 'Meeting ID: 234 567 890'],
  ['meeting', 'standup'],
]
for (const [place, id] of others)
  ids(`${place}: ${JSON.stringify(id)} warns`, () =>
    assert.equal(findings(place, id), [`lint/id-form ${places[place][1]}`]),
  )

const sane: readonly (readonly [Place, string])[] = [
  ['person', '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'],
  ['person', '8A34A46B-3D17-4ADC-8DCE-DC4E7D572698'],
  ['person', 'adele'],
  ['person', 'user-1'],
  ['person', '1'],
  ['person', '(secret USER)'],
  ['application', '2891555a-92ff-42e6-80fa-6e1300c6b5c6'],
  ['tenant', '86dc81db-c112-4228-9222-63f3esaa1edb'],
  ['tenant', 'tenantId-value'],
  ['tenant', '(secret TENANT)'],
  ['thread', '19:cbee7c1c860e465f8258e3cebf7bee0d@thread.skype'],
  ['thread', '19:cbee7c1c860e465f8258e3cebf7bee0d@thread.tacv2'],
  ['thread', '19:0d5f9a3e_4e2b7c18@unq.gbl.spaces'],
  ['thread', 'threadId-value'],
  ['meeting', '1234567'],
  ['meeting', '2345678901234'],
]
for (const [place, id] of sane)
  ids(`${place}: ${JSON.stringify(id)} is one`, () => assert.equal(findings(place, id), []))

function findings(place: Place, id: string): readonly string[] {
  return lintCall(places[place][0](id), v1).map(({ code, pointer }) => `${code} ${pointer}`)
}

const invited = suite('whom an operation rings')

for (const id of [...addresses, ...numbers])
  invited(`${JSON.stringify(id)} is no person`, () =>
    assert.equal(
      findBodyFaults({ participants: [{ identity: { user: { id } } }] }, 'invite', v1).map(
        (each) => each.code,
      ),
      ['lint/user-id'],
    ),
  )
for (const id of ['<user-id>', variable('USER_ID'), 'Adele Vance'])
  invited(`${JSON.stringify(id)} stands in for one`, () =>
    assert.equal(
      findBodyFaults({ transferTarget: { identity: { user: { id } } } }, 'transfer', v1).map(
        ({ code, pointer }) => `${code} ${pointer}`,
      ),
      ['lint/id-form /transferTarget/identity/user/id'],
    ),
  )

const forms = suite('what tells how to reach somebody')
for (const text of addresses) forms(JSON.stringify(text), () => assert.is(personalForm(text), 'address'))
for (const text of numbers) forms(JSON.stringify(text), () => assert.is(personalForm(text), 'number'))
for (const [, text] of sane)
  forms(`${text} does not`, () =>
    assert.is(
      personalForm(text.startsWith('(') ? 'x' : text),
      text === '1234567' || text === '2345678901234' ? 'number' : undefined,
    ),
  )

ids.run()
invited.run()
forms.run()
