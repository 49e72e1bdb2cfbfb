import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compilePeers } from './compile-peers.mjs'
import { makeWorkspace } from './workspace.mjs'

const limit = fileURLToPath(new URL('limit-compile.mjs', import.meta.url))
const counts = [1, 100, 1000, 10_000]

/** Calls defined one by one in YAML, ten a file, over one template; the limit must make the same bytes. */
export const compile = {
  name: 'P3',
  words: 'calls defined one by one in YAML, ten a file',
  prepare: (setting) => ({ groups: counts.map((count) => compileGroup(count, setting)) }),
}

function compileGroup(count, { folder, bundles, validators }) {
  const cwd = makeWorkspace(join(folder, `compile-${count}`), count)
  const outputs = [join(folder, `limit-${count}.json`)]
  const values = join(cwd, 'calls.json')
  const byHand = {
    name: 'limit, by hand',
    command: { words: [limit, validators, values], output: outputs[0] },
  }
  const contenders = bundles.map(({ label, path }, index) => {
    const output = join(folder, `compiled-${count}-${index}.json`)
    outputs.push(output)
    return { name: `${label} compile`, command: { words: [path, 'compile'], cwd, output } }
  })
  const peers = compilePeers({ source: 'calls', values, folder })
  return {
    title: `compile ${count}`,
    contenders: [byHand, ...contenders, ...peers.contenders],
    missing: peers.missing,
    check() {
      checkEqual(outputs)
      peers.check(readCalls(outputs[0]))
    },
  }
}

// Objects one after the other, each on lines of its own.
function readCalls(path) {
  const texts = readFileSync(path, 'utf8')
    .trimEnd()
    .split(/(?<=^\})\n/m)
  return texts.map((text) => JSON.parse(text))
}

/** Throws unless all contenders wrote the same bytes. */
export function checkEqual([first, ...others]) {
  const expected = readFileSync(first)
  for (const path of others) {
    if (!readFileSync(path).equals(expected)) throw new Error(`${path} is not what the limit made, ${first}`)
  }
}
