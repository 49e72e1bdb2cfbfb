import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { commands } from '../../src/cli/table/commands.js'
import { findHelper, formatParameters, helperNames } from '../../src/compile/expression/helpers.js'
import { exitCodes } from '../../src/model/exit-code.js'
import type { CallResult, RunEvent } from '../../src/model/run.js'
import { formatEvent } from '../../src/report/record/run-text.js'
import type { Look } from '../../src/report/text/paint.js'
import { diagnosticsPage } from './diagnostics-page.js'
import { readPage, tableAfter } from './pages.js'

// Tables of the documents against what the code has. `UPDATE=1` rewrites those that follow from the code alone.

const test = suite('docs/tables')
const plain: Look = { hasColor: false, columns: 80 }
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

/** The table beneath a heading is what the code has; with `UPDATE=1` it becomes that. */
function holdTable(page: string, heading: string, head: readonly string[], rows: readonly string[][]): void {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  const found = tableAfter(page, heading)
  const wanted = lines.join('\n')
  if (!isUpdating) assert.fixture(found, wanted)
  else if (found !== wanted)
    writeFileSync(
      page,
      readPage(page).replace(found, () => wanted),
    )
}

test('docs/language.md has a row for every helper', () => {
  const rows = [...helperNames].map((name) => {
    const helper = findHelper(name)!
    const { meaning, example } = helper
    return [
      `\`${name} ${formatParameters(helper)}\``,
      meaning,
      `\`${example[0]}\` → \`${JSON.stringify(example[1])}\``,
    ]
  })
  holdTable('docs/language.md', '## Helpers', ['helper', 'yields', 'example'], rows)
})

interface StockTemplate {
  readonly description: string
  readonly extends?: string
  readonly variables: Readonly<Record<string, object>>
}

const readTemplate = (name: string): StockTemplate =>
  parse(readFileSync(`templates/${name}.yaml`, 'utf8')) as StockTemplate

/** A template's variables, its parent's too. */
function variablesOf(template: StockTemplate): Readonly<Record<string, object>> {
  const inherited = template.extends === undefined ? {} : variablesOf(readTemplate(template.extends))
  return { ...inherited, ...template.variables }
}

test('docs/templates.md has a row for every stock template, with its variables', () => {
  const names = readdirSync('templates').flatMap((file) => /^([\w-]+)\.yaml$/.exec(file)?.[1] ?? [])
  const rows = names.sort().map((name) => {
    const template = readTemplate(name)
    const variables = Object.entries(variablesOf(template))
    const list = (isNeeded: boolean) =>
      variables
        .filter(([, schema]) => Object.hasOwn(schema, 'default') !== isNeeded)
        .map(([variable]) => `\`${variable}\``)
        .join(', ')
    return [`\`${name}\``, template.description.trim(), list(true), list(false)]
  })
  const head = ['template', 'does', 'needs', 'takes as well']
  holdTable('docs/templates.md', '## The stock templates', head, rows)
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

test('docs/operating.md says for every exit code what to type', () => {
  const exits = firstCells(tableAfter('docs/operating.md', '## At 3 a.m.'))
  assert.equal(exits, firstCells(tableAfter('docs/commands.md', '## Exit codes')))
})

/** Every way in which a call can end; one that is missing here does not compile. */
const results: Readonly<Record<CallResult['kind'], true>> = {
  placed: true,
  ended: true,
  refused: true,
  'not-sent': true,
  uncertain: true,
  'hang-up-failed': true,
  skipped: true,
  elsewhere: true,
  blocked: true,
}

test('docs/operating.md says for every line of a run what to type', () => {
  const table = /\nWhere a line says:\n\n([\s\S]*?)\n\n/.exec(readPage('docs/operating.md'))![1]!
  const words = Object.keys(results).map((kind) => {
    const result = { kind, address: 'ADDRESS', message: '' } as CallResult
    return `\`${formatEvent({ event: 'result', result } as RunEvent, plain)
      .slice(0, 9)
      .trim()}\``
  })
  assert.equal([...firstCells(table)].sort(), words.sort())
})

test('docs/architecture.md has a row for every folder of src', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  assert.equal(
    [...firstCells(tableAfter('docs/architecture.md', '## Folders'))].sort(),
    folders.map(({ name }) => `\`${name}/\``).sort(),
  )
})

test('findings/README.md has a row for every finding', () => {
  const rows = firstCells(tableAfter('findings/README.md', '# Findings')).map(
    (cell) => /\(([^)]+)\)/.exec(cell)?.[1],
  )
  assert.equal(
    [...rows].sort(),
    readdirSync('findings')
      .filter((name) => name.endsWith('.sh'))
      .sort(),
  )
})

test('docs/architecture.md has a row for every dependency, and says which are in dist/', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
  assert.is(manifest['dependencies'], undefined, 'what is in dist/ need not be installed')
  const bundled = new Set(
    [...readFileSync('dist/licenses.txt', 'utf8').matchAll(/^(@?[\w./-]+) \d+\.\d+\.\d+$/gm)].map(
      ([, name]) => name!,
    ),
  )
  const cells = firstCells(tableAfter('docs/architecture.md', '## Dependencies'))
  assert.equal(
    [...cells].sort(),
    Object.keys(manifest['devDependencies']!)
      .map((name) => (bundled.has(name) ? name : `${name} (development)`))
      .sort(),
  )
})

test.run()
