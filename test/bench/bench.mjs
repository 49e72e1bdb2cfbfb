// npm run bench: how long callctl takes, against the least that the same work can take on this machine.
//
//   npm run bench -- [ROW…] [--rounds N] [--json] [--list] [--against DIST]
//
// Rows are as `--list` says; all but the longest when none is named. `--against` lets the bundle of another `dist`
// folder, say of an earlier commit, run in the same rounds. Peers (peers.mjs) run when they are installed;
// `CALLCTL_BENCH_PEERS` names a folder that has them. Figures are for comparing within one run, never
// with those of another machine.

import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { again } from './again.mjs'
import { apply, applyFast } from './apply.mjs'
import { compile } from './compile.mjs'
import { diff, diffMemory } from './diff.mjs'
import { plan } from './plan.mjs'
import { measure } from './rounds.mjs'
import { growth, rows as overRows, unchanged } from './rows.mjs'
import { scale, scaleApply, scaleMillion } from './scale.mjs'
import { shared } from './shared.mjs'
import { start } from './start.mjs'
import { formatGroup } from './table.mjs'

/** Those that take long are for who names them. */
const longRows = new Set(['scale-million', 'scale-apply'])

const rows = [
  start,
  overRows,
  compile,
  again,
  growth,
  unchanged,
  apply,
  applyFast,
  plan,
  scale,
  scaleMillion,
  scaleApply,
  diff,
  diffMemory,
  shared,
]
const root = fileURLToPath(new URL('../..', import.meta.url))

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      against: { type: 'string', multiple: true, default: [] },
    },
  })
  if (values.list) return console.log(rows.map(({ name, words }) => `${name}  ${words}`).join('\n'))
  const rounds = readRounds(values.rounds)
  const chosen = chooseRows(positionals)
  const show = values.json ? () => {} : (text) => console.log(text)
  show(`${formatMachine()}\n`)
  const groups = await inTemporaryFolder((folder) => {
    const setting = { folder, ...copyInputs(folder, values.against) }
    return runRows(chosen, { setting, rounds, show })
  })
  if (values.json)
    console.log(JSON.stringify({ formatVersion: 1, machine: describeMachine(), groups }, null, 2))
}

function readRounds(text) {
  const rounds = Number(text)
  if (Number.isInteger(rounds) && rounds > 0) return rounds
  throw new Error(`\`--rounds ${text}\` is no whole number from 1.`)
}

function chooseRows(names) {
  const hasName = (row, name) => row.name === name || row.otherName === name
  const unknown = names.find((name) => !rows.some((row) => hasName(row, name)))
  if (unknown !== undefined)
    throw new Error(`There is no row ${unknown}: ${rows.map((row) => row.name).join(', ')}.`)
  return names.length === 0
    ? rows.filter(({ name }) => !longRows.has(name))
    : rows.filter((row) => names.some((name) => hasName(row, name)))
}

async function inTemporaryFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// Copies, so that a build in the meantime does not change what is measured.
function copyInputs(folder, others) {
  const validators = join(folder, 'validators.mjs')
  copyFileSync(join(root, 'schema', 'call-v1.0.generated.js'), validators)
  const own = copyBundle(join(root, 'dist'), join(folder, 'callctl'))
  const against = others.map((dist, index) => ({
    label: `against ${index + 1}:`,
    path: copyBundle(dist, join(folder, `against-${index + 1}`)),
  }))
  return { validators, bundles: [{ label: 'callctl', path: own }, ...against] }
}

function copyBundle(from, to) {
  cpSync(from, to, { recursive: true })
  return join(to, 'callctl.cjs')
}

async function runRows(chosen, { setting, rounds, show }) {
  const groups = []
  for (const row of chosen) {
    const { groups: prepared, close } = await row.prepare(setting)
    try {
      for (const group of prepared) {
        const count = rounds * (row.roundsFactor ?? 1)
        const { title, missing = [] } = group
        const measured = { row: row.name, title, rounds: count, results: measure(group, count), missing }
        show(`${formatGroup(measured)}\n`)
        groups.push(measured)
      }
    } finally {
      await close?.()
    }
  }
  return groups
}

const describeMachine = () => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGibibytes: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
})

function formatMachine() {
  const { cores, processor, memoryGibibytes, node, date } = describeMachine()
  const machine = `${date}, ${cores} cores, ${processor}, ${memoryGibibytes} GiB, Node ${node}`
  return `${machine}\nRatios are against the first line of each group.`
}

try {
  await main()
} catch (error) {
  console.error(`bench: ${error.message}`)
  process.exitCode = 1
}
