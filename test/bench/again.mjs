import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkEqual } from './compile.mjs'
import { makeWorkspace } from './workspace.mjs'

const limit = fileURLToPath(new URL('limit-compile.mjs', import.meta.url))
const counts = [1000, 10_000]

/** What an earlier run parsed is at hand, but for one file. */
export const again = {
  name: 'P3b',
  words: 'calls defined one by one in YAML, again after one file changed',
  prepare: (setting) => ({ groups: counts.map((count) => againGroup(count, setting)) }),
}

function againGroup(count, { folder, bundles, validators }) {
  const cwd = makeWorkspace(join(folder, `again-${count}`), count)
  const outputs = [join(folder, `again-limit-${count}.json`)]
  const byHand = {
    name: 'limit, by hand',
    command: { words: [limit, validators, join(cwd, 'calls.json')], output: outputs[0] },
  }
  const change = () => appendFileSync(join(cwd, 'calls', 'service-00000.yaml'), '# changed\n')
  const contenders = bundles.map(({ label, path }, index) => {
    const output = join(folder, `again-${count}-${index}.json`)
    outputs.push(output)
    const cache = join(folder, `cache-${index}`)
    mkdirSync(cache, { recursive: true })
    return {
      name: `${label} compile again`,
      before: change,
      command: { words: [path, 'compile'], cwd, output, cache },
    }
  })
  return {
    title: `compile ${count} again, one file changed`,
    contenders: [byHand, ...contenders],
    check: () => checkEqual(outputs),
  }
}
