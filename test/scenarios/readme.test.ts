import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findHelper, formatParameters, helperNames } from '../../src/compile/helpers.js'
import { diagnosticCodes } from '../../src/model/diagnostic-codes.js'

const readme = suite('README')
const isUpdating = process.env['UPDATE'] === '1'

/** What differs from run to run: ids of calls, times, and the order in which calls end. */
const normalize = (text: string): string =>
  text
    .replace(/(?:^(?:placed|ended) .*\n)+/gm, (lines) =>
      lines.replace(/ \S+$/gm, '').split('\n').sort().join('\n'),
    )
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>')

const consoleBlock = /```console\n\$ npx callctl (.*)\n([\s\S]*?)```/g

function runIn(folder: string, command: string): string {
  const bundle = resolve('dist/callctl.cjs')
  const { stdout, stderr } = spawnSync(process.execPath, [bundle, ...command.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
  })
  return stdout + stderr
}

readme('shows what its commands print', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-readme-'))
  try {
    for (const name of ['callctl.yaml', 'templates', 'calls'])
      cpSync(name, join(folder, name), { recursive: true })
    const text = readFileSync('README.md', 'utf8')
    let shown = 0
    const updated = text.replace(consoleBlock, (block, command: string, output: string) => {
      shown += 1
      const printed = runIn(folder, command)
      if (!isUpdating) assert.fixture(normalize(output), normalize(printed), command)
      return normalize(output) === normalize(printed)
        ? block
        : `\`\`\`console\n$ npx callctl ${command}\n${printed}\`\`\``
    })
    assert.ok(shown >= 5)
    if (isUpdating && updated !== text) writeFileSync('README.md', updated)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** The rows of the table that follows a heading. */
function tableAfter(heading: string): string {
  const text = readFileSync('README.md', 'utf8')
  const from = text.indexOf(`\n${heading}\n`)
  assert.ok(from >= 0, heading)
  const start = text.indexOf('\n| ', from) + 1
  return text.slice(start, text.indexOf('\n\n', start))
}

function holdTable(heading: string, wanted: string): void {
  const found = tableAfter(heading)
  if (isUpdating)
    writeFileSync(
      'README.md',
      readFileSync('README.md', 'utf8').replace(found, () => wanted),
    )
  else assert.fixture(found, wanted)
}

readme('has a row for every diagnostic code', () => {
  const rows = Object.entries(diagnosticCodes).map(
    ([code, [severity, meaning]]) => `| \`${code}\` | ${severity} | ${meaning} |`,
  )
  holdTable('## Diagnostics', ['| code | severity | meaning |', '| --- | --- | --- |', ...rows].join('\n'))
})

readme('has a row for every helper', () => {
  const rows = [...helperNames].map((name) => {
    const helper = findHelper(name)!
    const { meaning, example } = helper
    return `| \`${name} ${formatParameters(helper)}\` | ${meaning} | \`${example[0]}\` → \`${JSON.stringify(example[1])}\` |`
  })
  holdTable('### Helpers', ['| helper | yields | example |', '| --- | --- | --- |', ...rows].join('\n'))
})

readme.run()
