// What `compile` prints when there is more of it than a pipe takes at once.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('compile as a stream')

const count = 5000
const header = 'id,who\n'
const rows = Array.from({ length: count }, (_, index) => `${index},Person ${index}\n`)
const files = (lines: readonly string[]) => ({
  'callctl.yaml': 'version: 1\nlints: { lint/no-media: off }\n',
  'data/people.csv': header + lines.join(''),
  'calls/a.yaml': `data: { people: { file: ../data/people.csv } }
calls:
  "n-{{p.id}}":
    forEach: "{{people}}"
    as: p
    call: { callbackUri: https://bot.example/cb, targets: [{ identity: { user: { id: adele } } }], subject: "{{p.who}} ${'x'.repeat(300)}" }
`,
})

interface Read {
  readonly code: number | null
  readonly lines: number
  readonly digest: string
  readonly stderr: string
}

/** Runs `compile --format ndjson` and reads it; stops after `limit` bytes by going away. */
const compile = (folder: string, limit = Number.POSITIVE_INFINITY): Promise<Read> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [resolve('dist/callctl.cjs'), 'compile', '--format', 'ndjson'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: folder },
      timeout: 120_000,
    })
    const digest = createHash('sha256')
    let lines = 0
    let bytes = 0
    let stderr = ''
    child.stderr.on('data', (data) => {
      stderr += data
    })
    child.stdout.on('data', (data: Buffer) => {
      digest.update(data)
      bytes += data.length
      lines += data.toString('latin1').split('\n').length - 1
      if (bytes > limit) child.stdout.destroy()
    })
    child.once('close', (code) => done({ code, lines, digest: digest.digest('hex'), stderr }))
  })

test('every line arrives, the same each time', () =>
  withWorkspace(files(rows), async ({ folder }) => {
    const [first, second] = [await compile(folder), await compile(folder)]
    assert.is(first.stderr, '')
    assert.is(first.lines, count)
    assert.is(first.digest, second.digest)
  }))

test('a reader who goes away ends the run', () =>
  withWorkspace(files(rows), async ({ folder }) => {
    const { code } = await compile(folder, 100_000)
    assert.is(code, 0)
  }))

test('a mistake in the last row leaves stdout empty', () =>
  withWorkspace(files([...rows, `x y,Nobody\n`]), async ({ folder }) => {
    const { code, lines, stderr } = await compile(folder)
    assert.is(code, 4)
    assert.is(lines, 0)
    assert.match(stderr, 'definition/name')
  }))

test.run()
