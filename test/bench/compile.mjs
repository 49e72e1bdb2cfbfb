import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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
  const byHand = {
    name: 'limit, by hand',
    command: { words: [limit, validators, join(cwd, 'calls.json')], output: outputs[0] },
  }
  const contenders = bundles.map(({ label, path }, index) => {
    const output = join(folder, `compiled-${count}-${index}.json`)
    outputs.push(output)
    return { name: `${label} compile`, command: { words: [path, 'compile'], cwd, output } }
  })
  return {
    title: `compile ${count}`,
    contenders: [byHand, ...contenders],
    check: () => checkEqual(outputs),
  }
}

/** Throws unless all contenders wrote the same bytes. */
export function checkEqual([first, ...others]) {
  const expected = readFileSync(first)
  for (const path of others) {
    if (!readFileSync(path).equals(expected)) throw new Error(`${path} is not what the limit made, ${first}`)
  }
}
