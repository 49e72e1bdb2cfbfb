import type { DiagnosticHelp } from './help-entry.js'

const calls = (text: string) => ({ 'calls/a.yaml': text })
const callback = 'callbackUri: https://bot.contoso.com'
const ringing = `${callback}, targets: [{ identity: { user: { id: adele } } }]`
const template = `variables:
  topic: { type: string }
call: { ${callback}, subject: "{{topic}}" }
`
const using = (definition: string) => ({
  'templates/ping.yaml': template,
  'calls/a.yaml': `calls:\n  ping: ${definition}\n`,
})

/** callctl.yaml, templates, definitions and variables. */
export const helpOfLanguage = {
  'definition/duplicate-name': {
    example: calls(`calls:\n  ping: { call: { ${callback} } }\n  Ping: { call: { ${callback} } }\n`),
    fix: 'Rename one. The name is the address under which the lockfile remembers a call, and names its file.',
  },
  'definition/name': {
    example: calls(`calls:\n  ping/adele: { call: { ${callback} } }\n`),
    fix: 'Use letters, digits, `.`, `_` and `-` only, and begin with a letter or digit.',
  },
  'definition/empty-list': {
    example: calls(
      'variables: { people: [] }\ncalls:\n  "ping-{{p}}": { forEach: "{{people}}", as: p, call: { callbackUri: "https://bot.contoso.com" } }\n',
    ),
    fix: 'Look at the list, and at what makes it. Where it is empty at times, set `definition/empty-list: off` under `lints`.',
  },
  'definition/left-out': {
    example: calls(
      'variables: { isOn: false }\ncalls:\n  ping:\n    call: { $if: "{{isOn}}", $then: { callbackUri: "https://bot.contoso.com" } }\n',
    ),
    fix: 'Where it is meant, set `definition/left-out: off` under `lints`; of a list, leave rows out with `where` beside `forEach`.',
  },
  'definition/nothing-to-call': {
    example: calls('calls:\n  ping: { description: Ring Adele }\n'),
    fix: 'Name a template with `uses`, or write the whole object under `call`.',
  },
  'key/missing': {
    example: { 'templates/ping.yaml': 'description: Ring somebody\n', ...calls('calls: {}\n') },
    fix: 'Add the key: `call` in a template, `calls` in a file of definitions.',
  },
  'key/type': {
    example: { 'callctl.yaml': 'limits: { people: "25" }\n', ...calls('calls: {}\n') },
    fix: 'Write a value of the kind that the message names; quotes make text of a number.',
  },
  'key/unknown': {
    example: calls('calls:\n  ping: { use: p2p-voip, call: {} }\n'),
    fix: 'Correct the spelling. What belongs to the call object goes under `call`.',
  },
  'reference/cycle': {
    example: calls(
      `calls:\n  one: { call: { ${ringing}, subject: "{{calls.two.id}}" } }\n  two: { call: { ${ringing}, subject: "{{calls.one.id}}" } }\n`,
    ),
    fix: 'Remove one of the references: of two calls, one has to be placed first.',
  },
  'reference/place': {
    example: calls(
      `calls:\n  one: { call: { ${ringing} } }\n  two: { call: { ${ringing}, subject: "after {{calls.one.id}}" } }\n`,
    ),
    fix: 'Let `"{{calls.NAME.id}}"` stand alone: the id is known only when the other call has been placed.',
  },
  'reference/unknown': {
    example: calls(`calls:\n  two: { call: { ${ringing}, subject: "{{calls.one.id}}" } }\n`),
    fix: 'Correct the name of the call, or define it.',
  },
  'secret/chooses': {
    example: {
      'templates/page.yaml': `variables: { person: { type: string, secret: true } }\ncall: { ${callback}, targets: [{ identity: { user: { id: "{{person}}" } } }] }\n`,
      ...calls('calls:\n  ping: { uses: page, with: { person: x } }\n'),
    },
    fix: 'Nobody can review what is not shown. Spell out people, numbers, tenants and hosts. A passcode, what stands behind the host of a callback, and the text of other properties may be secret.',
  },
  'secret/place': {
    example: {
      'callctl.yaml': 'env: [{ name: PIN, secret: true }]\n',
      ...calls(`calls:\n  ping: { call: { ${ringing}, subject: "{{upper env.PIN}}" } }\n`),
    },
    fix: 'Use the secret as it is, and hand it on only to variables declared with `secret: true`.',
  },
  'target/application-id': {
    example: {
      'callctl.yaml': 'graph: { version: beta, collection: application }\n',
      ...calls(`calls:\n  ping: { call: { ${ringing} } }\n`),
    },
    fix: 'Set `graph.applicationId` to the bot’s application id for the collection `application`; remove it for others.',
  },
  'target/cloud': {
    example: { 'callctl.yaml': 'graph: { cloud: china }\n', ...calls('calls: {}\n') },
    fix: 'Choose `global`, `us-gov` or `us-gov-dod`. Graph places no calls in other clouds.',
  },
  'target/version': {
    example: {
      'callctl.yaml': 'graph: { version: v1.0, collection: app }\n',
      ...calls(`calls:\n  ping: { call: { ${ringing} } }\n`),
    },
    fix: 'Use `version: beta`, or the collection `communications`, which both versions have.',
  },
  'template/cycle': {
    example: {
      'templates/one.yaml': `extends: two\ncall: { ${callback} }\n`,
      'templates/two.yaml': `extends: one\ncall: { ${callback} }\n`,
      ...calls('calls: {}\n'),
    },
    fix: 'Let one of them stand alone, or extend another template.',
  },
  'template/unknown': {
    example: calls('calls:\n  ping: { uses: p2p-viop }\n'),
    fix: 'Correct the name, or add `templates/NAME.yaml`.',
  },
  'variable/cycle': {
    example: calls(
      'variables: { a: "{{b}}", b: "{{a}}" }\ncalls:\n  ping:\n    call: { subject: "{{a}}" }\n',
    ),
    fix: 'Give one of them a value that does not need the other.',
  },
  'variable/missing': {
    example: using('{ uses: ping }'),
    fix: 'Give it a value under `with`, in the file’s or callctl.yaml’s `variables`, with `--var`, or a `default`.',
  },
  'variable/reserved': {
    example: calls('variables: { env: prod }\ncalls: {}\n'),
    fix: 'Choose another name, of letters, digits and `_`, that is no helper and no word of expressions.',
  },
  'variable/schema': {
    example: {
      'templates/ping.yaml': template.replace('type: string', 'type: text'),
      ...calls('calls: {}\n'),
    },
    fix: 'Use the keywords that docs/language.md lists under Templates; other schemas would be ignored silently.',
  },
  'variable/undeclared': {
    example: using('{ uses: ping, with: { topic: Bridge, tpoic: Bridge } }'),
    fix: 'Correct the spelling, or declare the variable under the template’s `variables`.',
  },
  'variable/undefined': {
    example: calls(
      `variables: { region: emea }\ncalls:\n  ping:\n    call: { ${callback}, subject: "{{regoin}}" }\n`,
    ),
    fix: 'Correct the spelling, or declare the variable. In a loop, `../name` reaches what is outside.',
  },
  'variable/unused': {
    example: {
      'templates/ping.yaml': `variables:\n  topic: { type: string }\ncall: { ${callback} }\n`,
      ...calls('calls: {}\n'),
    },
    fix: 'Use the variable in the template, or remove its declaration.',
  },
  'variable/value': {
    example: using('{ uses: ping, with: { topic: 5 } }'),
    fix: 'Give a value that satisfies the declaration, or widen the declaration in the template.',
  },
} as const satisfies Record<string, DiagnosticHelp>
