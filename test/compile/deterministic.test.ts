import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile/compile.js'
import { readWorkspace } from '../../src/read/read-workspace.js'

const test = suite('compiling is deterministic')
const values = { environment: {}, assignments: [] }

test('the order of the files changes no payload and no complaint', () => {
  const stock = readWorkspace(process.cwd(), [])
  const sorted = (workspace: typeof stock) => {
    const { payloads, diagnostics } = compile(workspace, values)
    const texts = payloads.map(({ address, digest, text }) => `${address} ${digest} ${text}`)
    return [texts.sort(), diagnostics.map((each) => JSON.stringify(each)).sort()]
  }
  const wanted = sorted(stock)
  const shuffled = fc.tuple(
    fc.shuffledSubarray([...stock.templates], { minLength: stock.templates.length }),
    fc.shuffledSubarray([...stock.calls], { minLength: stock.calls.length }),
  )
  fc.assert(
    fc.property(shuffled, ([templates, calls]) => {
      assert.equal(sorted({ ...stock, templates, calls }), wanted)
    }),
    { seed: 13, numRuns: 10 },
  )
})

test('the machine’s time zone, language and user change nothing', () => {
  const compileIn = (environment: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [resolve('dist/callctl.cjs'), 'compile', '--format', 'json'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...environment },
    }).stdout
  const here = compileIn({ TZ: 'UTC', LANG: 'C' })
  assert.ok(here.includes('oncall-ping'))
  assert.is(
    compileIn({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'x' }),
    here,
  )
})

test.run()
