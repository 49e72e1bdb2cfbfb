// Counted, not timed: what a run writes and which connections it opens.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../helpers/callctl.js'
import { withSimulator } from '../helpers/callctl-simulator.js'
import { peerCalls, withWorkspace } from '../helpers/callctl-workspace.js'

const test = suite('counted work')
const names = Array.from({ length: 40 }, (_, index) => `call-${index}`)

/** What changes whenever a file is written, replaced or touched, or a name comes to or leaves the folder. */
const traces = (folder: string): readonly string[] =>
  ['.', ...readdirSync(folder)].sort().map((name) => {
    const { ino, ctimeNs, mtimeNs } = statSync(join(folder, name), { bigint: true })
    return [name, ino, ctimeNs, mtimeNs].join(' ')
  })

test('compile --out writes nothing where nothing changed, and one file where one call did', () =>
  withWorkspace(peerCalls(names), async ({ folder, write }) => {
    const compile = () => callctl(['compile', '--out', 'compiled'], { cwd: folder })
    const out = join(folder, 'compiled')
    assert.is((await compile()).code, 0)
    const first = traces(out)
    assert.is((await compile()).code, 0)
    assert.equal(traces(out), first)
    const calls = peerCalls(names)['calls/calls.yaml']!
    write('calls/calls.yaml', calls.replace(/"userId":"0/, '"userId":"1'))
    assert.is((await compile()).code, 0)
    const changed = traces(out).filter((line) => !first.includes(line))
    assert.equal(
      changed.map((line) => line.split(' ')[0]).filter((name) => name !== '.'),
      ['call-0.json'],
    )
  }))

test('apply opens exactly one connection for each call, however many at once', () =>
  withSimulator('seed=1', async ({ url, created }) => {
    await withWorkspace(peerCalls(names, 8), async ({ folder }) => {
      const { code, connections } = await callctl(['apply', '--yes', '--simulator', url], { cwd: folder })
      assert.is(code, 0)
      assert.is(created().length, names.length)
      assert.equal(
        connections,
        names.map(() => `here ${new URL(url).host}`),
      )
    })
  }))

test.run()
