import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isJsonObject } from '../../../src/model/json.js'
import { compileFiles, environment, type Files, vars } from '../../helpers/workspace.js'
import { complaintOf, yieldOf } from './helpers-yield.js'

const truth = suite('truth of text')

const spelled = [
  ...['true', 'false', 'yes', 'no', 'on', 'off', '0', '1'],
  ...[
    'False',
    'NO',
    'oFF',
    ' no',
    'no ',
    '\u200eno',
    '\u00a0false',
    'N',
    'y',
    'f',
    'FALSCH',
    'Faux',
    'falso',
  ],
  ...['\uff46\uff41\uff4c\uff53\uff45', 'ONWAAR', '\ufeff0'],
]
const places: readonly string[] = [
  '{{#if v}}x{{/if}}',
  '{{#unless v}}x{{/unless}}',
  '{{#if other}}x{{else if v}}y{{/if}}',
  '{{#with v}}x{{/with}}',
  '{{and v true}}',
  '{{and true v}}',
  '{{or v}}',
  '{{not v}}',
  '{{#if (or other v)}}x{{/if}}',
  '{{default (not v) 1}}',
]
for (const place of places)
  truth(`${place} refuses every spelling`, () => {
    for (const v of spelled) {
      const found = complaintOf(place, { v, other: false })
      assert.is(found?.code, 'expression/truth', v)
      assert.match(found?.hint ?? '', /eq .*bool /)
    }
  })

truth('other text keeps counting as true', () => {
  for (const v of [
    'x',
    'maybe',
    'Adele',
    ' ',
    '2',
    'none',
    'not',
    'offline',
    'Nora',
    '01',
    '-1',
    'yes, please',
  ])
    assert.is(yieldOf('{{#if v}}x{{/if}}', { v }), 'x', v)
})

truth('what is no text counts as ever', () => {
  for (const [v, wanted] of [
    [true, 'x'],
    [false, ''],
    [0, ''],
    [1, 'x'],
    [null, ''],
    [[], ''],
    [['no'], 'x'],
    [{ no: 'no' }, 'x'],
    ['', ''],
  ] as const)
    assert.is(yieldOf('{{#if v}}x{{/if}}', { v }), wanted)
})

const bool = suite('bool')

for (const [v, wanted] of [
  ...['true', 'TRUE', 'yes', 'on', '1', 'Y', ' Yes ', 'Wahr', 'VRAI'].map((each) => [each, true] as const),
  ...['false', 'False', 'no', 'off', '0', 'n', 'FALSCH', '\u200eno'].map((each) => [each, false] as const),
  ...([
    [true, true],
    [false, false],
    [1, true],
    [0, false],
  ] as const),
] as const)
  bool(`reads ${JSON.stringify(v)} as ${wanted}`, () => assert.is(yieldOf('{{bool v}}', { v }), wanted))

for (const v of ['maybe', '', ' ', '2', 2, null, 'tru', 'yes no', 'ja?', [], { a: 1 }] as const)
  bool(`refuses ${JSON.stringify(v)}`, () =>
    assert.is(complaintOf('{{bool v}}', { v })?.code, 'expression/arguments'),
  )

bool('of what is not set', () => assert.is(yieldOf('{{bool (default v "no")}}', { v: '' }), false))

const calls = suite('truth in definitions')

const rows = (condition: string): Files => ({
  'data/people.csv': 'id,oncall\na,true\nb,false\nc,no\nd,0\n',
  'calls/a.yaml': `data: { people: { file: ../data/people.csv } }
calls:
  "n-{{p.id}}":
    forEach: "{{people}}"
    as: p
    call:
      callbackUri: https://b.example/c
      targets: [{ identity: { user: { id: lead } } }, { $if: '${condition}', $then: { identity: { user: { id: "{{p.id}}" } } } }]
      subject: "{{p.id}}"
`,
})

/** Whom each call rings. */
const ringOf = (files: Files): readonly number[] =>
  compileFiles(files).payloads.map(({ call }) =>
    isJsonObject(call) && Array.isArray(call['targets']) ? call['targets'].length : -1,
  )

calls('a column is no condition by itself', () => {
  const { payloads, diagnostics } = compileFiles(rows('{{p.oncall}}'))
  assert.equal(payloads, [])
  assert.ok(diagnostics.every(({ code, severity }) => code === 'expression/truth' && severity === 'error'))
})
calls('compared it rings those that are meant', () =>
  assert.equal(ringOf(rows('{{eq p.oncall "true"}}')), [2, 1, 1, 1]),
)
calls('read it rings those that are meant', () =>
  assert.equal(ringOf(rows('{{bool p.oncall}}')), [2, 1, 1, 1]),
)

const one = (more: string, condition: string): Files => ({
  'callctl.yaml': 'env: [ONCALL]\n',
  'calls/a.yaml': `${more}calls:
  a: { call: { callbackUri: https://b.example/c, subject: { $if: '${condition}', $then: x } } }
`,
})
for (const [from, files, values] of [
  ['the environment', one('', '{{env.ONCALL}}'), environment({ ONCALL: 'Off' })],
  ['--var', one('variables: { v: x }\n', '{{v}}'), vars({ v: 'false' })],
  ['quoted YAML', one('variables: { v: "no" }\n', '{{v}}'), undefined],
] as const)
  calls(`text of ${from} is no condition`, () =>
    assert.equal(
      compileFiles(files, values)
        .diagnostics.map(({ code }) => code)
        .filter((code) => code !== 'env/chooses'),
      ['expression/truth'],
    ),
  )
calls('a boolean of `--var` is one where the file has a boolean', () =>
  assert.equal(compileFiles(one('variables: { v: true }\n', '{{v}}'), vars({ v: 'false' })).diagnostics, []),
)

truth.run()
bool.run()
calls.run()
