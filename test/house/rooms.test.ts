import { posix } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { importsOf, type SourceFile, sources } from './source-files.js'

const test = suite('rooms')
const files = sources()
const paths = new Set(files.map(({ path }) => path))

/** Files of src that a file imports, types included. */
const importedBy = (file: SourceFile): readonly string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(file.path), name).replace(/\.js$/, '.ts'))
    .filter((path) => paths.has(path))

/** A shortest way from a file back to itself for every file that has one, each circle once. */
function findCircles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circles = new Map<string, string>()
  for (const start of imports.keys()) {
    const before = new Map<string, string>()
    const queue = [start]
    for (const path of queue) {
      for (const next of imports.get(path) ?? []) {
        if (before.has(next)) continue
        before.set(next, path)
        queue.push(next)
      }
    }
    if (!before.has(start)) continue
    const circle = [start]
    for (let at = before.get(start)!; at !== start; at = before.get(at)!) circle.unshift(at)
    circles.set([...circle].sort().join(), [circle.at(-1), ...circle].join(' → '))
  }
  return [...circles.values()].sort()
}

test('no files import one another in a circle, types included', () => {
  const imports = new Map(files.map((file) => [file.path, importedBy(file)]))
  const circles = findCircles(imports)
  const advice =
    'Files in a circle can be read, tested and moved only together. Put what goes round, most often a type, into a file of its own that imports neither side, or hand it over as an argument:'
  assert.is(circles.length, 0, [advice, ...circles].join('\n'))
})

test('circles are found', () => {
  const imports = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['d']],
    ['e', ['a']],
  ])
  assert.equal(findCircles(imports), ['d → d', 'c → a → b → c'].sort())
})

test.run()
