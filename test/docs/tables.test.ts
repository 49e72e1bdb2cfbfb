import { readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commands } from '../../src/cli/command.js'
import { findHelper, formatParameters, helperNames } from '../../src/compile/helpers.js'
import { exitCodes } from '../../src/model/exit-code.js'
import { diagnosticsPage } from './diagnostics-page.js'
import { readPage, tableAfter } from './pages.js'

// Tables of the documents against what the code has. `UPDATE=1` rewrites those that follow from the code alone.

const test = suite('docs/tables')
const isUpdating = process.env['UPDATE'] === '1'

/** The first cells of a table's rows, without the code marks. */
const firstCells = (table: string): readonly string[] =>
  table
    .split('\n')
    .slice(2)
    .map((row) => row.split(' | ')[0]!.replace(/^\| /, ''))

test('docs/diagnostics.md is what `npm run build:docs` makes of the codes and their help', () => {
  const page = diagnosticsPage()
  if (isUpdating) writeFileSync('docs/diagnostics.md', page)
  assert.fixture(readPage('docs/diagnostics.md'), page)
})

test('docs/language.md has a row for every helper', () => {
  const rows = [...helperNames].map((name) => {
    const helper = findHelper(name)!
    const { meaning, example } = helper
    return `| \`${name} ${formatParameters(helper)}\` | ${meaning} | \`${example[0]}\` → \`${JSON.stringify(example[1])}\` |`
  })
  const wanted = ['| helper | yields | example |', '| --- | --- | --- |', ...rows].join('\n')
  const found = tableAfter('docs/language.md', '## Helpers')
  if (isUpdating)
    writeFileSync(
      'docs/language.md',
      readPage('docs/language.md').replace(found, () => wanted),
    )
  else assert.fixture(found, wanted)
})

test('docs/commands.md has a row for every command', () => {
  const cells = firstCells(tableAfter('docs/commands.md', '# Commands')).join(' ')
  assert.equal(
    Object.keys(commands).filter((name) => !new RegExp(`\`${name}\\b`).test(cells)),
    [],
  )
})

test('docs/commands.md has a row for every exit code', () => {
  assert.equal(
    firstCells(tableAfter('docs/commands.md', '## Exit codes')),
    Object.values(exitCodes)
      .sort((a, b) => a - b)
      .map(String),
  )
})

test('docs/architecture.md has a row for every dependency', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
  const cells = firstCells(tableAfter('docs/architecture.md', '## Dependencies'))
  assert.equal(
    [...cells].sort(),
    [
      ...Object.keys(manifest['dependencies']!),
      ...Object.keys(manifest['devDependencies']!).map((name) => `${name} (development)`),
    ].sort(),
  )
})

test.run()
