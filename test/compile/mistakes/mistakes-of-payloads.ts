import type { Files } from '../../helpers/workspace.js'
import { call, definition, type Mistake, settings, subject } from './mistake.js'

const callback = 'callbackUri: https://bot.example/cb'
const templated = (template: string, calls: string): Files => ({
  'templates/t.yaml': template,
  'calls/a.yaml': calls,
})
const directed = `variables: { way: { type: string, default: outgong } }
call: { ${callback}, direction: "{{way}}" }
`
const words = Array.from({ length: 900 }, () => 'x').join(', ')

/** What is wrong with the calls that come out, and where the user wrote it. */
export const mistakesOfPayloads: readonly Mistake[] = [
  ['an unknown value', call('direction: outgong'), 'schema/enum', 'outgong', 'hint'],
  ['an unknown value in a list', call('requestedModalities: [audio, vidoe]'), 'schema/enum', 'vidoe', 'hint'],
  ['a number for text', call('subject: 5'), 'schema/type', '5'],
  ['a list for text', call('subject: [a]'), 'schema/type', 'a'],
  ['a number deep inside', call('targets: [{ identity: { user: { id: 5 } } }]'), 'schema/type', '5'],
  [
    'text for a number',
    call('ringingTimeoutInSeconds: "x"', '    graph: { version: beta }\n'),
    'schema/type',
    '"x"',
  ],
  ['an unknown property', call('subjet: x'), 'schema/unknown-property', 'subjet', 'hint'],
  [
    'an unknown property deep inside',
    call('targets: [{ identty: {} }]'),
    'schema/unknown-property',
    'identty',
    'hint',
  ],
  ['a literal dollar', call('$$subject: x'), 'schema/unknown-property', '$$subject', 'hint'],
  [
    'a property of beta alone',
    call('ringingTimeoutInSeconds: 30'),
    'schema/unknown-property',
    'ringingTimeoutInSeconds',
  ],
  [
    'an absent property',
    { 'calls/a.yaml': 'calls: { a: { call: { subject: x } } }\n' },
    'schema/required',
    'a',
  ],
  ['an absent property deep inside', call('targets: [{}]'), 'schema/required', '{}'],
  ['no tag where one is needed', call('mediaConfig: { blob: x }'), 'schema/discriminator', 'blob', 'hint'],
  [
    'a misspelt tag',
    call('mediaConfig: { "@odata.type": "#microsoft.graph.appHostedMediaConfg" }'),
    'schema/discriminator',
    '"#microsoft.graph.appHostedMediaConfg"',
    'hint',
  ],
  [
    'a number that is too large',
    call('ringingTimeoutInSeconds: 9999', '    graph: { version: beta }\n'),
    'schema/range',
    '9999',
  ],
  ['a list that is too long', call(`targets: [${'{}, '.repeat(1001)}]`), 'schema/range', '{}'],
  [
    'a value of `with`',
    templated(directed, 'calls: { a: { uses: t, with: { way: sideways } } }\n'),
    'schema/enum',
    'sideways',
    'hint',
  ],
  [
    'a value of a file',
    templated(directed, 'variables: { way: sideways }\ncalls: { a: { uses: t } }\n'),
    'schema/enum',
    'sideways',
    'hint',
  ],
  [
    'a value of callctl.yaml',
    {
      ...templated(directed, 'calls: { a: { uses: t } }\n'),
      'callctl.yaml': 'variables: { way: sideways }\n',
    },
    'schema/enum',
    'sideways',
    'hint',
  ],
  ['a default', templated(directed, 'calls: { a: { uses: t } }\n'), 'schema/enum', 'outgong', 'hint'],
  [
    'a file variable in the definition',
    {
      'calls/a.yaml': `variables: { way: sideways }\ncalls: { a: { call: { ${callback}, direction: "{{way}}" } } }\n`,
    },
    'schema/enum',
    'sideways',
    'hint',
  ],
  [
    'an alias',
    {
      'calls/a.yaml': `variables: { way: &way sideways }\ncalls: { a: { call: { ${callback}, direction: *way } } }\n`,
    },
    'schema/enum',
    'sideways',
    'hint',
  ],
  [
    'a default of callctl.yaml',
    { ...call('subject: x'), 'callctl.yaml': 'defaults: { direction: sideways }\n' },
    'schema/enum',
    'sideways',
    'hint',
  ],
  [
    'an item of a loop',
    templated(
      `variables: { people: { type: array } }\ncall: { ${callback}, requestedModalities: { $each: "{{people}}", $as: p, $do: "{{p}}" } }\n`,
      'calls: { a: { uses: t, with: { people: [vidoe] } } }\n',
    ),
    'schema/enum',
    'vidoe',
    'hint',
  ],
  [
    'a value that replaced a lower one',
    {
      'callctl.yaml': 'defaults: { targets: [{ identity: { user: { id: x } } }] }\n',
      'calls/a.yaml': `variables: { l: [{ identity: { user: { id: 5 } } }] }\ncalls: { a: { call: { ${callback}, targets: "{{l}}" } } }\n`,
    },
    'schema/type',
    '5',
  ],
  [
    'an application without its id',
    definition('graph: { collection: application }'),
    'target/application-id',
    '{ collection: application }',
    'hint',
  ],
  [
    'an id that is none',
    definition('graph: { collection: application, applicationId: "a b" }'),
    'target/application-id',
    '{ collection: application, applicationId: "a b" }',
    'hint',
  ],
  [
    'an id that is not needed',
    definition('graph: { collection: app, applicationId: x }'),
    'target/application-id',
    '{ collection: app, applicationId: x }',
    'hint',
  ],
  [
    'a collection of beta alone',
    definition('graph: { collection: app, version: v1.0 }'),
    'target/version',
    '{ collection: app, version: v1.0 }',
    'hint',
  ],
  ['the China cloud', settings('graph: { cloud: china }\n'), 'target/cloud', 'china'],
  ['an unknown cloud', settings('graph: { cloud: mars }\n'), 'key/type', 'mars', 'hint'],
  ['a call of 300 KiB', subject(`${'é'.repeat(140_000)}`), 'payload/too-large', 'a'],
  [
    'loops in loops',
    subject(
      "{ $each: '{{l}}', $as: p, $do: { $each: '{{l}}', $as: q, $do: { $each: '{{l}}', $as: r, $do: '{{r}}' } } }",
      `variables: { l: [${words}] }\n`,
    ),
    'payload/too-large',
    '$each',
  ],
  [
    'lists that hold one another',
    subject(
      "'{{json c}}'",
      `variables:\n  l: [${words}]\n  b: { $each: '{{l}}', $as: p, $do: '{{l}}' }\n  c: { $each: '{{l}}', $as: p, $do: '{{b}}' }\n`,
    ),
    'payload/too-large',
    '$each',
  ],
  [
    'text that doubles',
    subject(
      "'{{v30}}'",
      `variables:\n  v0: ${'x'.repeat(100)}\n${Array.from({ length: 30 }, (_, index) => `  v${index + 1}: '{{concat v${index} v${index}}}'\n`).join('')}`,
    ),
    'payload/too-large',
    '{{concat v12 v12}}',
  ],
  [
    'text in loops in loops',
    subject(
      `'{{#each l}}{{#each ../l}}${'x'.repeat(500)}{{/each}}{{/each}}'`,
      `variables: { l: [${words}] }\n`,
    ),
    'payload/too-large',
    `{{#each l}}{{#each ../l}}${'x'.repeat(500)}{{/each}}{{/each}}`,
  ],
  [
    'a long row of variables',
    subject(
      "'{{v200}}'",
      `variables:\n  v0: x\n${Array.from({ length: 200 }, (_, index) => `  v${index + 1}: '{{v${index}}}'\n`).join('')}`,
    ),
    'expression/too-complex',
    '{{v136}}',
  ],
  [
    'a target that is nobody',
    call('targets: [{ identity: { user: { id: "" } } }]'),
    'payload/empty-callee',
    '""',
    'hint',
  ],
  [
    'a call that `$if` leaves out',
    {
      'calls/a.yaml': 'calls:\n  a:\n    call: { $if: false, $then: { callbackUri: "https://b.example" } }\n',
    },
    'definition/left-out',
    'a',
    'hint',
  ],
  [
    'an empty list',
    {
      'calls/a.yaml':
        'variables: { l: [] }\ncalls:\n  "a-{{p}}": { forEach: "{{l}}", as: p, call: { callbackUri: "https://b.example" } }\n',
    },
    'definition/empty-list',
    '"{{l}}"',
  ],
]
