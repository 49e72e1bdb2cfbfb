import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile/compile.js'
import { Budget } from '../../src/model/budget.js'
import type { Diagnostic } from '../../src/model/diagnostics/diagnostic.js'
import { type Files, bareWorkspace as workspace } from '../helpers/workspace.js'

const test = suite('compile/budget')
const callback = 'callbackUri: https://bot.example/cb'

function run(
  files: Files,
  budget = new Budget(),
): { readonly diagnostics: readonly Diagnostic[]; steps: number } {
  const { diagnostics } = compile(workspace(files), { environment: {}, assignments: [], budget })
  return { diagnostics, steps: budget.steps }
}

const roomy = (): Budget => new Budget({ base: 1e12, perCall: 0, most: 1e12 })
const rows = (count: number, cell: (row: number) => string): string =>
  `id,x\n${Array.from({ length: count }, (_, row) => `${row},${cell(row)}\n`).join('')}`
const overRows = (lines: string, csv: string, more: Files = {}): Files => ({
  ...more,
  'data/l.csv': csv,
  'calls/a.yaml': `data: { l: { file: ../data/l.csv } }\ncalls:\n  "a-{{f.id}}":\n    forEach: "{{l}}"\n    as: f\n${lines}`,
})
const usesTemplate = '    uses: t\n    with: { v: "{{f.x}}" }\n'
const template = (schema: string): Files => ({
  'templates/t.yaml': `variables:\n  v: ${schema}\ncall: { ${callback}, subject: "{{v}}" }\n`,
})

/** By size: what a stranger's file may be made of. */
const kinds: Readonly<Record<string, (size: number) => Files>> = {
  'a header of many columns': (size) => {
    const names = Array.from({ length: size * 10 }, (_, index) => `c${index}`)
    return {
      'data/l.csv': `${names.join()}\n${names.map(() => '1').join()}\n`,
      'calls/a.yaml': `data: { l: { file: ../data/l.csv } }\ncalls:\n  "a-{{f.c0}}": { forEach: "{{l}}", as: f, call: { ${callback}, subject: "{{f.c1}}" } }\n`,
    }
  },
  'a pattern of many repetitions': (size) =>
    overRows(
      usesTemplate,
      rows(size, () => 'a'.repeat(60)),
      template('{ type: string, pattern: "^(a*)*a*a*$" }'),
    ),
  'rows that are all bad': (size) =>
    overRows(
      usesTemplate,
      rows(size, () => 'a'),
      template('{ type: string, minLength: 5 }'),
    ),
  'rows that all have one mistake': (size) =>
    overRows(
      `    call: { ${callback}, subject: "{{f.y}}" }\n`,
      rows(size, () => 'a'),
    ),
  'calls that need one another in a row': (size) => ({
    'calls/a.yaml': `calls:\n${Array.from({ length: size }, (_, index) => `  c${index}: { call: { ${callback}, subject: "{{calls.c${index + 1}.id}}" } }\n`).join('')}  c${size}: { call: { ${callback} } }\n`,
  }),
  'keys that are no texts': (size) => ({
    'calls/a.yaml': `calls:\n${Array.from({ length: Math.min(size, 400) }, (_, index) => `  ? [a${index}]\n  : b\n`).join('')}`,
  }),
  'lines of hardly anything': (size) => ({ 'calls/a.yaml': `calls:\n${'  a: 1\n'.repeat(size)}` }),
  'items of hardly anything': (size) => ({ 'calls/a.yaml': `{ calls: { ${'a: 1,'.repeat(size)} } }\n` }),
  'a long list in which all must differ, in each call': (size) =>
    overRows(
      `    uses: t\n    with: { v: [${Array.from({ length: 500 }, (_, index) => index).join()}] }\n`,
      rows(size, () => 'a'),
      { 'templates/t.yaml': `variables:\n  v: { type: array, uniqueItems: true }\ncall: { ${callback} }\n` },
    ),
  'names that are like none': (size) => ({
    'calls/a.yaml': `calls:\n${Array.from({ length: size }, (_, index) => `  c${index}: { uses: tempalte${index} }\n`).join('')}`,
    'templates/template.yaml': `call: { ${callback} }\n`,
  }),
  'a list of choices': (size) =>
    overRows(
      usesTemplate,
      rows(10, (row) => `x${row}`),
      template(
        `{ enum: [${rows(size, () => 'y')
          .match(/\d+/g)!
          .map((each) => `x${each}`)
          .join()}] }`,
      ),
    ),
}

for (const [name, make] of Object.entries(kinds)) {
  test(`${name}: twice as many cost twice as much`, () => {
    const few = run(make(400), roomy()).steps
    const many = run(make(800), roomy()).steps
    assert.ok(many <= few * 2.2, `${few}, then ${many}`)
  })
}

const loops = (count: number): Files =>
  overRows(
    `    call: { ${callback}, subject: "{{#each l}}{{/each}}{{f.id}}" }\n`,
    rows(count, () => 'a'),
  )

for (const [name, text] of Object.entries({
  'duplicate keys': `calls:\n${'  a: 1\n'.repeat(700_000)}`,
  'duplicate keys of one line': `{ calls: { ${'a: 1,'.repeat(500_000)} } }\n`,
  'items of one word': `data: { l: [ ${'a,'.repeat(550_000)} ] }\n`,
  'empty lines': '\n'.repeat(800_000),
})) {
  test(`a file of a great many ${name} is not even parsed`, () => {
    const { diagnostics } = run({ 'calls/a.yaml': text })
    assert.equal(
      diagnostics.map(({ code }) => code),
      ['limit/steps'],
    )
    assert.is(diagnostics[0]!.range?.source, 'calls/a.yaml')
  })
}

test('what costs too much ends with one error, which names the definition', () => {
  const { diagnostics } = run(loops(20_000))
  assert.is(diagnostics[0]!.code, 'limit/steps')
  assert.is(diagnostics[0]!.severity, 'error')
  assert.is(diagnostics[0]!.range?.source, 'calls/a.yaml')
  assert.match(diagnostics[0]!.message, 'a-{{f.id}}')
  assert.match(diagnostics[0]!.hint!, 'CALLCTL_MAX_STEPS')
})

test('a file of data that costs too much is named', () => {
  const budget = new Budget({ base: 100_000, perCall: 0, most: 100_000 })
  const { diagnostics } = run(
    overRows(
      `    call: { ${callback} }\n`,
      rows(10_000, () => 'a'),
    ),
    budget,
  )
  assert.is(diagnostics[0]!.range?.source, 'data/l.csv')
})

test('of rows that are all bad, as many are told as the budget has room for', () => {
  const budget = new Budget({ base: 1_000_000, perCall: 0, most: 1_000_000 })
  const files = kinds['rows that are all bad']!(1000)
  const codes = run(files, budget).diagnostics.map(({ code }) => code)
  assert.is(codes[0], 'limit/steps')
  assert.ok(codes.length > 2 && codes.length < 12, String(codes.length))
})

test('a budget that is spent stays spent: a run compiles more than once', () => {
  const budget = new Budget({ base: 1000, perCall: 0, most: 1000 })
  const files = { 'calls/a.yaml': `calls: { a: { call: { ${callback} } } }\n` }
  assert.is(run(files, budget).diagnostics[0]!.code, 'limit/steps')
  assert.is(run(files, budget).diagnostics[0]!.code, 'limit/steps')
})

test('nothing is compiled of what costs too much', () => {
  const budget = new Budget({ base: 100_000, perCall: 0, most: 100_000 })
  const { payloads, definedAddresses } = compile(
    workspace(
      overRows(
        `    call: { ${callback} }\n`,
        rows(100, () => 'a'),
      ),
    ),
    { environment: {}, assignments: [], budget },
  )
  assert.equal([payloads, definedAddresses], [[], undefined])
})

test('the same files cost the same each time', () => {
  const files = kinds['a pattern of many repetitions']!(200)
  assert.is(run(files).steps, run(files).steps)
})

test('calls of a common size stay far below their share of the budget', () => {
  const count = 500
  const subject = 'A subject of some length, '.repeat(40)
  const { steps, diagnostics } = run(
    overRows(
      `    call: { ${callback}, subject: "${subject}{{f.x}}" }\n`,
      rows(count, () => 'a'),
    ),
  )
  assert.equal(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  )
  assert.ok(steps / count < 80_000 / 4, String(steps / count))
})

test.run()
