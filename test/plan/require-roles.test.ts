import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { appRoles, findAppRole } from '../../src/model/app-role.js'
import type { CallKind, Payload } from '../../src/model/payload.js'
import type { Change, Plan } from '../../src/model/plan.js'
import { compareRoles } from '../../src/plan/compare-roles.js'
import { blocksItselfAlone, requireRoles } from '../../src/plan/require-roles.js'
import { totalsOf } from '../../src/plan/totals.js'
import { entryOf, payloadOf } from './fakes.js'

const test = suite('require-roles')

const initiate = 'Calls.Initiate.All'
const group = 'Calls.InitiateGroupCall.All'
const join = 'Calls.JoinGroupCall.All'
const media = 'Calls.AccessMedia.All'

function needing(
  address: string,
  permissions: readonly string[],
  more: { readonly kind?: CallKind; readonly needs?: readonly string[] } = {},
): Payload {
  const { kind = 'peer-to-peer', needs = [] } = more
  const references = needs.map((name) => ({ address: name, property: 'id' as const, placeholder: name }))
  return { ...payloadOf(address, address, { kind, permissions }), references }
}
const place = (payload: Payload): Change => ({
  address: payload.address,
  action: 'place',
  reason: 'not placed before',
  payload,
})
const planOf = (...payloads: readonly Payload[]): Plan => ({ changes: payloads.map(place) })
const held = (...roles: readonly string[]) => ({ roles, hasMeetingConsent: false })
const actions = ({ changes }: Plan) => changes.map(({ action }) => action).join(' ')

test('exactly the call that lacks a role is blocked, and the reason has its name and id', () => {
  const { plan, comparison } = requireRoles(
    planOf(needing('a', [initiate]), needing('b', [group]), needing('c', [initiate])),
    held(initiate, media),
  )
  assert.is(actions(plan), 'place blocked place')
  const [, b] = plan.changes
  assert.is(b?.code, 'plan/missing-permission')
  assert.match(b?.reason ?? '', `${group} (${findAppRole(group)?.id})`)
  assert.match(b?.reason ?? '', 'administrator')
  assert.equal(comparison, {
    isReadable: true,
    missing: [{ name: group, id: '4c277553-8a09-487b-8023-29ee378d8324', addresses: ['b'] }],
    assumed: [],
  })
})

test('what is blocked rings nobody, and needs no permission', () => {
  const { plan } = requireRoles(planOf(needing('a', [initiate]), needing('b', [group])), held(initiate))
  const { calls, people, permissions } = totalsOf(plan)
  assert.equal({ calls, people, permissions }, { calls: 1, people: 1, permissions: [initiate] })
})

test('each missing role of a call is named', () => {
  const { plan } = requireRoles(planOf(needing('a', [media, initiate])), held())
  for (const name of [media, initiate]) assert.match(plan.changes[0]?.reason ?? '', name)
})

test('a role includes no other one, and its spelling counts', () => {
  const { plan } = requireRoles(
    planOf(needing('a', [initiate]), needing('b', [join])),
    held(group, 'Calls.JoinGroupCalls.All', 'Calls.JoinGroupCalls.Chat'),
  )
  assert.is(actions(plan), 'blocked blocked')
})

test('roles that cannot be read block nothing, and that is told', () => {
  const plan = planOf(needing('a', [initiate]))
  const checked = requireRoles(plan, { roles: undefined, hasMeetingConsent: false })
  assert.is(checked.plan, plan)
  assert.is(checked.comparison.isReadable, false)
})

test('a call that needs the id of a blocked one is blocked with it, at any depth', () => {
  const { plan } = requireRoles(
    planOf(
      needing('a', [initiate], { needs: ['b'] }),
      needing('b', [initiate], { needs: ['c'] }),
      needing('c', [group]),
      needing('d', [initiate], { needs: ['e'] }),
      needing('e', [initiate]),
    ),
    held(initiate),
  )
  assert.is(actions(plan), 'blocked blocked blocked place place')
  assert.equal(
    plan.changes.map(({ code }) => code),
    ['plan/needs-blocked', 'plan/needs-blocked', 'plan/missing-permission', undefined, undefined],
  )
  assert.match(plan.changes[0]?.reason ?? '', 'it needs b')
})

test('a call to be placed again is blocked before it is hung up, and keeps its old name', () => {
  const entry = entryOf()
  const redial: Change = {
    ...place(needing('new', [group])),
    action: 'redial',
    entry,
    movedFrom: 'old',
    attemptId: 'minted',
  }
  const { plan } = requireRoles({ changes: [redial] }, held(initiate))
  const [change] = plan.changes
  assert.is(change?.action, 'blocked')
  assert.is(change?.entry, entry)
  assert.is(change?.movedFrom, undefined)
  assert.is(change?.attemptId, undefined)
})

test('what is not placed needs no role', () => {
  const changes: readonly Change[] = (['none', 'changed', 'uncertain', 'retired', 'hang-up'] as const).map(
    (action, index) => ({ ...place(needing(`${index}`, [group])), action, entry: entryOf() }),
  )
  assert.equal(requireRoles({ changes }, held()).plan, { changes })
})

test('with consent in meetings, joining one needs neither of the roles that this consent stands for', () => {
  const payloads = [
    needing('a', [join, media], { kind: 'meeting-join' }),
    needing('b', ['Calls.JoinGroupCallAsGuest.All'], { kind: 'guest-join' }),
    needing('c', [media, initiate]),
  ]
  const consent = { roles: [initiate], hasMeetingConsent: true }
  const { plan, comparison } = requireRoles(planOf(...payloads), consent)
  assert.is(actions(plan), 'place blocked blocked')
  assert.equal(
    comparison.assumed.map(({ name, addresses }) => [name, addresses]),
    [
      [media, ['a']],
      [join, ['a']],
    ],
  )
  assert.is(actions(requireRoles(planOf(...payloads), held(initiate)).plan), 'blocked blocked blocked')
})

test('only a missing permission leaves other calls alone', () => {
  const codes = ['plan/missing-permission', 'plan/needs-blocked', 'plan/people-limit', undefined] as const
  assert.equal(
    codes.map((code) => blocksItselfAlone(code === undefined ? {} : { code })),
    [true, true, false, false],
  )
})

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const roleNames = appRoles.map(({ name }) => name)

test('whatever calls need and a token holds: blocked are those that lack a role, those that need them, no other', () => {
  const call = fc.record({
    permissions: fc.subarray(roleNames),
    needs: fc.subarray(names),
    action: fc.constantFrom('place', 'redial', 'none', 'changed', 'retired'),
  })
  const input = fc.record({ calls: fc.array(call, { maxLength: 6 }), roles: fc.subarray(roleNames) })
  fc.assert(
    fc.property(input, ({ calls, roles }) => {
      const changes = calls.map(
        ({ permissions, needs, action }, index) =>
          ({
            ...place(needing(names[index]!, permissions, { needs })),
            action,
            ...(action === 'place' ? {} : { entry: entryOf() }),
          }) as Change,
      )
      const { plan, comparison } = requireRoles({ changes }, held(...roles))
      const rings = ({ action }: Change) => action === 'place' || action === 'redial'
      const lacking = new Set(
        changes
          .filter(rings)
          .filter(({ payload }) => payload!.touches.permissions.some((name) => !roles.includes(name)))
          .map(({ address }) => address),
      )
      // The closure, once more and otherwise: what is not blocked needs nothing that is.
      for (const [index, change] of plan.changes.entries()) {
        const before = changes[index]!
        assert.is(change.address, before.address)
        if (!rings(before)) assert.is(change, before)
        else if (lacking.has(change.address)) assert.is(change.code, 'plan/missing-permission')
        else if (change.action === 'blocked') assert.is(change.code, 'plan/needs-blocked')
        else assert.is(change, before)
      }
      const blocked = new Set(
        plan.changes.filter(({ action }) => action === 'blocked').map(({ address }) => address),
      )
      for (const { address, action, payload, code } of plan.changes) {
        const needed = payload!.references!.some((each) => blocked.has(each.address))
        if (rings({ action } as Change)) assert.not(needed, `${address} needs what is blocked`)
        if (code === 'plan/needs-blocked') assert.ok(needed)
      }
      assert.equal(new Set(comparison.missing.flatMap(({ addresses }) => addresses)), lacking)
    }),
    { seed: 20251123, numRuns: 500 },
  )
})

test('compared for all definitions of a workspace, each role is listed once with its calls', () => {
  const { missing } = compareRoles(
    [needing('b', [join, join]), needing('a', [join]), needing('c', ['Calls.New.All'])],
    held(),
  )
  assert.equal(missing, [
    { name: join, id: 'f6b49018-60ab-4f81-83bd-22caeabfed2d', addresses: ['a', 'b'] },
    { name: 'Calls.New.All', addresses: ['c'] },
  ])
})

test.run()
