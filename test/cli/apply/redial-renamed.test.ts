import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Plan } from '../../../src/model/plan.js'
import { createPlan } from '../../../src/plan/create-plan.js'
import { openAttempts } from '../../../src/record/attempts/attempts.js'
import type { RecordPlace } from '../../../src/record/folders/folders.js'
import { createLockfile, loadRecord, rebuildLockfile, saveLockfile } from '../../../src/record/load-record.js'
import type { GraphAccess } from '../../../src/work/apply/graph-access.js'
import { takeOver } from '../../../src/work/apply/take-over.js'
import { inputOf, payloadOf } from '../../plan/fakes.js'
import { claimOf, inPlace, placed, uuid } from '../../record/temporary-place.js'

// A renamed call from plan to record and back: no later plan dials it, under whichever name.

const test = suite('redial-renamed')
const digest = 'ab'.repeat(32)

function placeOld(place: RecordPlace): void {
  createLockfile(place, uuid(9))
  const attempts = openAttempts(place)
  const claim = { ...claimOf('old'), digest }
  attempts.claim(claim)
  attempts.settle(claim, placed())
  saveLockfile(place, loadRecord(place).lockfile)
}

const planOf = (place: RecordPlace, address: string, movedFrom?: string): Plan =>
  createPlan({
    ...inputOf([{ ...payloadOf(address), digest, ...(movedFrom === undefined ? {} : { movedFrom }) }]),
    lockfile: loadRecord(place).lockfile,
  })
const show = (plan: Plan): string =>
  plan.changes.map(({ address, action }) => `${address} ${action}`).join(', ')

const rename = (place: RecordPlace): void =>
  void takeOver(planOf(place, 'new', 'old'), loadRecord(place), { place } as GraphAccess)

test(
  'the entry is taken over, and stays so whether `movedFrom` stays or not',
  inPlace((place) => {
    placeOld(place)
    rename(place)
    assert.is(show(planOf(place, 'new', 'old')), 'new none')
    assert.is(show(planOf(place, 'new')), 'new none')
    rebuildLockfile(place, uuid(9))
    assert.is(show(planOf(place, 'new')), 'new none')
  }),
)

test(
  'with the lockfile of before the rename nobody is rung either',
  inPlace((place) => {
    placeOld(place)
    const before = loadRecord(place).lockfile
    rename(place)
    saveLockfile(place, before)
    assert.is(show(planOf(place, 'new', 'old')), 'new none')
    assert.is(show(planOf(place, 'old')), 'old none')
    assert.match(show(planOf(place, 'new')), 'new blocked')
  }),
)

test(
  'renamed back again it is still the same call',
  inPlace((place) => {
    placeOld(place)
    rename(place)
    takeOver(planOf(place, 'old', 'new'), loadRecord(place), { place } as GraphAccess)
    assert.is(show(planOf(place, 'old')), 'old none')
    assert.equal(Object.keys(loadRecord(place).lockfile.calls), ['old'])
  }),
)

test(
  'a plan without renames writes nothing',
  inPlace((place) => {
    mkdirSync(join(place.attempts, 'x'), { recursive: true })
    const record = loadRecord(place)
    assert.is(takeOver(planOf(place, 'a'), record, { place } as GraphAccess), record)
    assert.not.ok(loadRecord(place).exists)
  }),
)

test.run()
