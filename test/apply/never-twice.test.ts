// The promise of the whole program, over ports that misbehave at random: whatever they do, and whenever the
// run is interrupted, no address has two requests that may have rung, and no id that came back is lost.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import type { RunResult } from '../../src/model/run.js'
import { addresses, placing, redialing } from './fakes.js'
import { type Fact, type World, worldOf } from './unruly-world.js'

// The same values in every run.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261123 })

const test = suite('never-twice')

/** What must hold of one address's facts, in order. */
function checkAddress(facts: readonly Fact[]): void {
  const rings = facts.filter((fact) => fact.what === 'created' && fact.is)
  assert.ok(rings.length <= 1, 'two requests that may have rung')
  let claim: string | undefined
  for (const fact of facts) {
    if (fact.what === 'claimed') {
      assert.is(claim, undefined, 'claimed while an attempt was open')
      claim = fact.attemptId
    } else if (fact.what === 'created') {
      assert.is(fact.attemptId, claim, 'sent without a claim of its own')
    } else if (fact.what === 'settled') {
      assert.is(fact.attemptId, claim, 'settled what was not claimed, or twice')
      const mayFollow = fact.is && (fact.outcome?.kind === 'refused' || fact.outcome?.kind === 'not-sent')
      claim = mayFollow ? undefined : 'closed for ever'
    }
  }
}

function checkEverything(facts: readonly Fact[], names: readonly string[]): void {
  const of = (what: Fact['what']): readonly Fact[] => facts.filter((fact) => fact.what === what)
  for (const name of names) checkAddress(facts.filter(({ address }) => address === name))
  for (const { attemptId, address } of of('claimed')) {
    assert.is(
      of('settled').filter((fact) => fact.attemptId === attemptId).length,
      1,
      `${address}: not settled once`,
    )
    assert.ok(of('created').filter((fact) => fact.attemptId === attemptId).length <= 1, 'a claim sent twice')
  }
  for (const { attemptId, callId } of of('created').filter((fact) => fact.callId !== undefined)) {
    const kept = of('settled').find((fact) => fact.attemptId === attemptId)?.outcome
    assert.is(kept?.kind === 'placed' && kept.callId, callId, 'an id was lost')
  }
  assert.is(of('opened').length, of('closed').length, 'a connection was left open')
  const kinds = facts.map(({ what }) => what)
  const stop = facts.findIndex(({ what }) => what === 'interrupted' || what === 'halted')
  const signedIn = kinds.indexOf('signed-in')
  assert.ok(!kinds.includes('claimed') || (signedIn >= 0 && signedIn < kinds.indexOf('claimed')), 'no token')
  // The operation that interrupts may itself be a claim, which then is the last one.
  const later = stop < 0 ? [] : kinds.slice(stop + (facts[stop]?.what === 'interrupted' ? 2 : 1))
  assert.not(later.includes('claimed'), 'claimed after the run had stopped')
  const sent = stop < 0 ? [] : kinds.slice(stop + 1)
  assert.not(sent.includes('created'), 'sent after the run had stopped')
}

function checkResult(run: RunResult, world: World, names: readonly string[]): void {
  assert.equal(
    run.results.map(({ address }) => address),
    names,
  )
  for (const { address, kind, outcome } of run.results) {
    const own = world.facts.filter((fact) => fact.address === address && fact.what === 'settled')
    assert.equal(outcome, own.at(-1)?.outcome)
    const rang = world.facts.some((fact) => fact.what === 'created' && fact.address === address && fact.is)
    assert.is(rang, kind === 'placed' || kind === 'uncertain', `${address} ${kind}`)
  }
}

const scripts = fc.record({
  // Zero is a bug: rare, so that runs get somewhere.
  numbers: fc.array(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 60, arbitrary: fc.integer({ min: 16, max: 99 }) },
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 99 }) },
    ),
    { maxLength: 400, size: 'max' },
  ),
  interruptAt: fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 150 })),
  concurrency: fc.constantFrom(1, 2, 8, 64),
  count: fc.integer({ min: 1, max: 12 }),
})

test('no address rings twice and no id is lost, whatever the ports do', async () => {
  const property = fc.asyncProperty(scripts, async ({ numbers, interruptAt, concurrency, count }) => {
    const world = worldOf(numbers, interruptAt, concurrency)
    const names = addresses(count)
    const outcome = await applyPlan(placing(...names), world.ports).then(
      (run) => ({ run }),
      (error: unknown) => ({ error }),
    )
    checkEverything(world.facts, names)
    assert.is('error' in outcome, world.bugs > 0)
    if ('run' in outcome) checkResult(outcome.run, world, names)
    else assert.instance(outcome.error, TypeError)
  })
  await fc.assert(property, { numRuns: 3000 })
})

/** A redial is leave for one more ring, once the live call is known and recorded to be over. */
function checkRedial(facts: readonly Fact[], name: string): void {
  const claimed = facts.findIndex(({ what, address }) => what === 'claimed' && address === name)
  if (claimed < 0) return
  const before = facts.slice(0, claimed)
  const isAt = (what: Fact['what']): number =>
    before.findIndex((fact) => fact.what === what && fact.callId === `live-${name}`)
  assert.ok(isAt('hung-up') >= 0, 'claimed while the live call may go on')
  assert.ok(isAt('ended') > isAt('hung-up'), 'claimed before the ending was recorded')
}

test('a redial hangs up first, rings at most once, and loses no id', async () => {
  const property = fc.asyncProperty(scripts, async ({ numbers, interruptAt, concurrency, count }) => {
    const world = worldOf(numbers, interruptAt, concurrency)
    const names = addresses(count)
    await applyPlan(redialing(...names), world.ports).catch(() => undefined)
    checkEverything(world.facts, names)
    for (const name of names) checkRedial(world.facts, name)
  })
  await fc.assert(property, { numRuns: 2000, seed: 20 })
})

test.run()
