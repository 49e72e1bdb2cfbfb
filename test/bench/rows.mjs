import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkEqual } from './compile.mjs'
import { compilePeers } from './compile-peers.mjs'
import { timeOf } from './processes.mjs'
import { makeRowsWorkspace } from './workspace.mjs'

const limit = fileURLToPath(new URL('limit-rows.mjs', import.meta.url))
const counts = [1000, 10_000, 100_000]

/** One definition over a list: what memory does as the list grows, and whether a call costs the same. */
export const growth = {
  name: 'P4',
  otherName: 'P8',
  words: 'memory and time per call, one definition over a list; P8 is the same row',
  prepare: ({ folder, bundles }) => ({
    groups: bundles.map(({ label, path }) => ({
      title: `${label} compile of one definition over CSV`,
      contenders: counts.map((count) => ({
        name: `${count} rows`,
        calls: count,
        command: {
          words: [path, 'compile', '--format', 'ndjson'],
          cwd: makeRowsWorkspace(join(folder, `growth-${count}`), count, 'csv'),
        },
      })),
    })),
  }),
}

/** The same calls by hand, with their digests: the limit must make the same bytes. */
export const rows = {
  name: 'P2',
  words: 'one definition over a list of rows',
  prepare: (setting) => ({
    groups: ['csv', 'json'].flatMap((format) =>
      counts.slice(0, 2).map((count) => rowsGroup(count, format, setting)),
    ),
  }),
}

function rowsGroup(count, format, { folder, bundles, validators }) {
  const cwd = makeRowsWorkspace(join(folder, `rows-${format}-${count}`), count, format)
  const outputs = [join(folder, `limit-${count}.ndjson`)]
  const values = join(cwd, 'data', `people.${format}`)
  const byHand = {
    name: 'limit, by hand',
    command: { words: [limit, validators, values], output: outputs[0] },
  }
  const contenders = bundles.map(({ label, path }, index) => {
    const output = join(folder, `compiled-${count}-${index}.ndjson`)
    outputs.push(output)
    return {
      name: `${label} compile`,
      command: { words: [path, 'compile', '--format', 'ndjson'], cwd, output },
    }
  })
  const peers = format === 'json' ? compilePeers({ source: 'rows', values, folder }) : noPeers
  return {
    title: `compile ${count} rows of ${format}`,
    contenders: [byHand, ...contenders, ...peers.contenders],
    missing: peers.missing,
    check() {
      checkEqual(outputs)
      peers.check(readCalls(outputs[0]))
    },
  }
}

/** CSV is for few of them to read. */
const noPeers = { contenders: [], missing: [], check: () => {} }

function readCalls(path) {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line).call)
}

/** A folder of compiled calls that is up to date already, against writing the same as one stream. */
export const unchanged = {
  name: 'P5',
  words: 'compile --out again with nothing changed',
  prepare: ({ folder, bundles }) => {
    const cwd = makeRowsWorkspace(join(folder, 'unchanged'), 10_000, 'csv')
    const contenders = bundles.flatMap(({ label, path }, index) => {
      const words = [path, 'compile', '--out', join(folder, `out-${index}`)]
      timeOf({ words, cwd })
      const ndjson = {
        words: [path, 'compile', '--format', 'ndjson'],
        cwd,
        output: join(folder, 'unchanged.ndjson'),
      }
      return [
        { name: `${label} compile, NDJSON`, command: ndjson },
        { name: `${label} compile --out again`, command: { words, cwd } },
      ]
    })
    return { groups: [{ title: 'compile 10000 rows, unchanged', contenders }] }
  },
}
