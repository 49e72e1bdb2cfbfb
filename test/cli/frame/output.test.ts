import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createOutput } from '../../../src/cli/frame/output.js'

const test = suite('stdout and stderr')

const inFolder = (work: (folder: string) => void) => (): void => {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-output-'))
  try {
    work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Stands for Node's stream, and says how often it was asked for. */
function fakeStream(isTTY = false) {
  const written: Buffer[] = []
  const stream = {
    isTTY,
    columns: 132,
    writableNeedDrain: false,
    on: () => stream,
    write: (text: string | Uint8Array) => written.push(Buffer.from(text)),
  }
  let opened = 0
  return {
    text: () => Buffer.concat(written).toString(),
    opened: () => opened,
    open: (): NodeJS.WriteStream => {
      opened += 1
      return stream as unknown as NodeJS.WriteStream
    },
  }
}

/** Both ends of a pipe that refuses what would block. */
function openPipe(folder: string) {
  const path = join(folder, 'pipe')
  assert.is(spawnSync('mkfifo', [path]).status, 0)
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return { reader, writer: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK) }
}

test(
  'a file is written without Node’s stream',
  inFolder((folder) => {
    const path = join(folder, 'out')
    const file = openSync(path, 'w')
    const stream = fakeStream()
    const output = createOutput(file, stream.open, {})
    output.write('é1\n')
    output.write(Buffer.from('2\n'))
    closeSync(file)
    assert.is(readFileSync(path, 'utf8'), 'é1\n2\n')
    assert.is(output.isTerminal, false)
    assert.equal(output.style, { isTerminal: false, hasColor: false, columns: 80 })
    assert.is(stream.opened(), 0)
  }),
)

test(
  'what a pipe does not take at once is left to Node’s stream, with all that follows',
  inFolder((folder) => {
    const { reader, writer } = openPipe(folder)
    const stream = fakeStream()
    const output = createOutput(writer, stream.open, {})
    const long = 'x'.repeat(100_000) + 'y'.repeat(100_000)
    output.write(long)
    output.write('last')
    const direct = Buffer.alloc(300_000)
    const count = readSync(reader, direct)
    closeSync(reader)
    closeSync(writer)
    assert.ok(count > 0 && count < long.length, `${count} bytes`)
    assert.is(direct.toString('utf8', 0, count) + stream.text(), `${long}last`)
    assert.is(stream.opened(), 1)
  }),
)

test(
  'a reader that has gone is no reason to stop',
  inFolder((folder) => {
    const { reader, writer } = openPipe(folder)
    closeSync(reader)
    const stream = fakeStream()
    const output = createOutput(writer, stream.open, {})
    output.write('nobody reads this')
    closeSync(writer)
    assert.is(stream.opened(), 0)
  }),
)

test('nowhere is written without Node’s stream, too', () => {
  const file = openSync('/dev/null', 'w')
  const stream = fakeStream()
  const output = createOutput(file, stream.open, {})
  output.write('x')
  closeSync(file)
  assert.is(output.isTerminal, false)
  assert.is(stream.opened(), 0)
})

/** `/dev/tty` may not be there to be opened; what is no file, pipe or `/dev/null` is asked. */
test('of anything else, Node’s stream tells whether it is a terminal, and how wide', () => {
  const file = openSync('/dev/zero', 'r+')
  const stream = fakeStream(true)
  const styleIn = (environment: Record<string, string>) => createOutput(file, stream.open, environment).style
  assert.equal(styleIn({}), { isTerminal: true, hasColor: true, columns: 132 })
  assert.equal(styleIn({ NO_COLOR: '1' }), { isTerminal: true, hasColor: false, columns: 132 })
  assert.equal(styleIn({ TERM: 'dumb' }), { isTerminal: true, hasColor: false, columns: 132 })
  closeSync(file)
})

test.run()
