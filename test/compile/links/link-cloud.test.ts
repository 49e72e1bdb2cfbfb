// A link of another cloud than the workspace’s.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { remarkOnLink } from '../../../src/compile/links/link-cloud.js'
import type { Cloud } from '../../../src/model/call.js'
import { at, compileLinted, type Files } from '../../helpers/workspace.js'

const test = suite('the cloud of a link')

const clouds: readonly Cloud[] = ['global', 'us-gov', 'us-gov-dod']
const hosts: readonly (readonly [host: string, fits: readonly Cloud[]])[] = [
  ['teams.microsoft.com', ['global']],
  ['TEAMS.microsoft.com', ['global']],
  ['teams.cloud.microsoft', ['global']],
  ['gov.teams.microsoft.us', ['us-gov']],
  ['dod.teams.microsoft.us', ['us-gov-dod']],
  ['teams.microsoft.us', ['us-gov', 'us-gov-dod']],
  ['teams.live.com', []],
]
for (const [host, fits] of hosts)
  for (const cloud of clouds)
    test(`${host} in ${cloud}`, () => {
      const url = `https://${host}/meet/2345678901234?p=aBcD`
      const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=x`
      for (const each of [url, wrapped])
        assert.is(remarkOnLink(each, cloud) === undefined, fits.includes(cloud))
    })

const files = (cloud: Cloud, call: string, link: string): Files => ({
  'callctl.yaml': `graph: { cloud: ${cloud} }\ntenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10\ndefaults:\n  callbackUri: https://bot.contoso.com\n  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }\n`,
  'calls/a.yaml': `data: { l: { file: ../data/l.csv } }\ncalls:\n  "j-{{p.id}}":\n    forEach: "{{l}}"\n    as: p\n    call: { ${call} }\n`,
  'data/l.csv': `id,link\na,${link}\n`,
})

const dod = 'https://dod.teams.microsoft.us/meet/2345678901234?p=aBcD'
for (const call of [
  'meetingInfo: "{{meetingInfo p.link}}"',
  'meetingInfo: "{{meetingInfo p.link}}", subject: "{{#with (parseJoinUrl p.link)}}{{this.kind}}{{/with}}"',
  'meetingInfo: { $if: \'{{eq "short" (get (parseJoinUrl p.link) "kind")}}\', $then: "{{meetingInfo p.link}}" }',
])
  test(`it is told at the cell, once: ${call}`, () => {
    const given = files('global', call, dod)
    const { diagnostics, payloads } = compileLinted(given)
    assert.equal(
      diagnostics.map(({ code, severity }) => `${code} ${severity}`),
      ['lint/link-cloud warning'],
    )
    assert.is(at(given, diagnostics[0]!).place, 'data/l.csv:2:3')
    assert.is(payloads.length, 1)
  })

test('one of the workspace’s cloud is silent', () => {
  const { diagnostics } = compileLinted(files('us-gov-dod', 'meetingInfo: "{{meetingInfo p.link}}"', dod))
  assert.equal(diagnostics, [])
})

test.run()
