import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { createLockfile } from '../../../src/record/load-record.js'
import { lineage } from '../lockfile-samples.js'
import { failing, filesWith, inPlace } from '../temporary-place.js'

const test = suite('record/lineage')

test(
  'is not kept from noting the lineage by what killed runs left behind',
  inPlace((place) => {
    mkdirSync(place.attempts)
    for (const number of [1, 2]) writeFileSync(join(place.attempts, `.claim-${lineage}.${number}`), '')
    createLockfile(place, lineage)
    assert.is(readFileSync(join(place.attempts, 'lineage'), 'utf8'), `${lineage}\n`)
  }),
)

for (const call of ['mkdirSync', 'openSync', 'fsyncSync'] as const) {
  test(
    `says in words that ${call} failed`,
    inPlace((place) => {
      const broken = filesWith({ [call]: failing('EIO') })
      assert.throws(
        () => createLockfile(place, lineage, broken),
        (error: Error) => error instanceof RecordError,
      )
    }),
  )
}

test.run()
