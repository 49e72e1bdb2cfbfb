import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError, UsageError } from '../../../src/model/errors.js'
import { findOwnUser } from '../../../src/record/disk/own-user.js'
import { joinReal, landAt } from '../../../src/record/disk/real-path.js'
import { asRoot, give, nobody, unlisted } from '../../helpers/other-user.js'
import { inFolder } from '../temporary-place.js'

const suited = suite('record/real-path')
const test = asRoot(suited)

const isRecordError = (cause: Error) => cause instanceof RecordError
const isUsageError = (cause: Error) => cause instanceof UsageError
const parts = ['.callctl', 'simulator', 'environments', 'prod']

for (const user of [nobody, unlisted]) {
  for (const depth of [1, 2, 3, 4]) {
    test(
      `a folder of user ${user} at depth ${depth} is refused, whatever is to be written below it`,
      inFolder((folder) => {
        mkdirSync(join(folder, ...parts), { recursive: true })
        give(join(folder, ...parts.slice(0, depth)), user)
        assert.throws(() => joinReal(folder, parts), isRecordError)
        assert.throws(() => joinReal(folder, [...parts, 'new', 'file.json'], 'usage'), isUsageError)
        const premises = { root: folder, top: folder }
        assert.throws(() => landAt(premises, join(folder, ...parts, 'plan.json'), 'plan.json'), isUsageError)
      }),
    )
  }
}

test(
  'in a workspace that is that user’s as a whole nothing is refused',
  inFolder((folder) => {
    mkdirSync(join(folder, ...parts), { recursive: true })
    give(folder)
    assert.is(joinReal(folder, parts), join(folder, ...parts))
    assert.is(landAt({ root: folder, top: folder }, join(folder, ...parts), 'x').path, join(folder, ...parts))
  }),
)

test(
  'a third user’s folder in it is',
  inFolder((folder) => {
    mkdirSync(join(folder, ...parts), { recursive: true })
    give(folder)
    give(join(folder, '.callctl'), unlisted)
    assert.throws(() => joinReal(folder, parts), isRecordError)
  }),
)

test(
  'a file of another user does not matter, as it is replaced',
  inFolder((folder) => {
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a', 'file'), '')
    give(join(folder, 'a'))
    give(join(folder), process.getuid?.())
    writeFileSync(join(folder, 'a', 'other'), '')
    assert.is(joinReal(folder, ['a', 'file']), join(folder, 'a', 'file'))
  }),
)

suited('the user that callctl runs as is known', () => {
  assert.is(findOwnUser(), process.geteuid?.())
})

suited.run()
