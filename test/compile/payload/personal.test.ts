import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { personalOf } from '../../../src/compile/payload/personal.js'
import type { JsonObject } from '../../../src/model/json.js'

const test = suite('compile/personal')

const find = (call: JsonObject, version: 'v1.0' | 'beta' = 'v1.0') =>
  personalOf(call, { cloud: 'global', version, collection: 'communications' }).map(
    ({ pointer, kind }) => `${kind} ${pointer}`,
  )
const user = { id: 'x', displayName: 'Adele' }

test('ids, names and numbers of targets are found, whatever order they stand in', () => {
  const targets = [{ identity: { user } }, { identity: { phone: { displayName: 'Bo', id: '+14255550100' } } }]
  assert.equal(find({ targets }), [
    'id /targets/0/identity/user/id',
    'name /targets/0/identity/user/displayName',
    'name /targets/1/identity/phone/displayName',
    'number /targets/1/identity/phone/id',
  ])
})

test('the source and the organizer are people too', () => {
  assert.equal(
    find({
      source: { identity: { user } },
      meetingInfo: { '@odata.type': '#microsoft.graph.organizerMeetingInfo', organizer: { user } },
    }),
    [
      'id /source/identity/user/id',
      'name /source/identity/user/displayName',
      'id /meetingInfo/organizer/user/id',
      'name /meetingInfo/organizer/user/displayName',
    ],
  )
})

test('properties of other things that happen to be called alike are none', () => {
  assert.equal(find({ subject: 'Adele', id: 'x', displayName: 'Adele', unknown: { user } }), [])
})

test('what is no text is nothing', () => {
  assert.equal(find({ targets: [{ identity: { user: { id: 1, displayName: null } } }, null, 'x'] }), [])
})

test.run()
