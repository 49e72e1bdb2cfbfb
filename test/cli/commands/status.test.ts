import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { peerCalls, withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('status')

for (const words of [[], ['--json'], ['one']]) {
  test(`--refresh ${words.join(' ')} before the first apply shows no call, and makes no lockfile`, () =>
    withWorkspace(peerCalls(['one']), async ({ folder }) => {
      const plain = await callctl(['status', ...words, '--simulator'], { cwd: folder })
      const { code, stdout, stderr } = await callctl(['status', '--refresh', ...words, '--simulator'], {
        cwd: folder,
      })
      assert.equal([code, stdout], [plain.code, plain.stdout], stderr)
      assert.is.not(code, 1)
      assert.not(existsSync(join(folder, '.callctl', 'simulator.lock.json')))
    }))
}

test.run()
