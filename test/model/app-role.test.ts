import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inspect } from '../../src/compile/payload/inspect.js'
import { appRoles, findAppRole } from '../../src/model/app-role.js'
import type { JsonObject } from '../../src/model/json.js'

const test = suite('app-role')

const target = (id: string): JsonObject => ({ identity: { user: { id } } })
const calls: readonly JsonObject[] = [
  { targets: [target('a')] },
  { targets: [{ identity: { phone: { id: '+14255550100' } } }] },
  { targets: [target('a'), target('b')] },
  { chatInfo: {}, mediaConfig: { '@odata.type': '#microsoft.graph.appHostedMediaConfig' } },
  { chatInfo: {}, source: { identity: { guest: {} } } },
]

test('every role that a call can need has an id', () => {
  const needed = new Set(calls.flatMap((call) => inspect(call).permissions))
  assert.is(needed.size, 5)
  for (const name of needed) assert.ok(findAppRole(name), name)
})

test('ids are UUIDs, and no two roles share one', () => {
  assert.is(new Set(appRoles.map(({ id }) => id)).size, appRoles.length)
  for (const { id } of appRoles) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})

test.run()
