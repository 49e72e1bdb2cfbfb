import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { describeOrigin } from '../../../src/record/folders/origin.js'
import { createLockfile } from '../../../src/record/load-record.js'
import { lineage } from '../lockfile-samples.js'
import { failing, filesWith, inPlace } from '../temporary-place.js'

const test = suite('record/origin')

test(
  'a record that is where it was begun says nothing',
  inPlace((place) => {
    createLockfile(place, lineage)
    assert.is(describeOrigin(place.attempts), undefined)
  }),
)

test(
  'a copy says where the original was',
  inPlace((place) => {
    createLockfile(place, lineage)
    const copy = `${place.attempts}-copy`
    cpSync(place.attempts, copy, { recursive: true })
    assert.match(describeOrigin(copy)!, place.attempts)
  }),
)

test(
  'a record of another machine says so, and names none',
  inPlace((place) => {
    createLockfile(place, lineage)
    const file = join(place.attempts, 'origin.json')
    const origin = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    writeFileSync(file, JSON.stringify({ ...origin, machine: 'f'.repeat(32) }))
    const text = describeOrigin(place.attempts)
    assert.ok(origin['machine'] === undefined ? text === undefined : text!.includes('another machine'))
  }),
)

for (const text of ['', '{}', 'null', '{"folder":1}']) {
  test(
    `a note of ${JSON.stringify(text)} says nothing`,
    inPlace((place) => {
      createLockfile(place, lineage)
      writeFileSync(join(place.attempts, 'origin.json'), text)
      assert.is(describeOrigin(place.attempts), undefined)
    }),
  )
}

test(
  'a record without the note says nothing',
  inPlace((place) => {
    assert.is(describeOrigin(place.attempts, filesWith({ openSync: failing('ENOENT') })), undefined)
  }),
)

test.run()
