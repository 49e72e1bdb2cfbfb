import type { Files } from '../../helpers/workspace.js'
import type { Mistake } from './mistake.js'

const callback = 'callbackUri: https://bot.example/cb'
const body = `call: { ${callback} }`
const calls = (text: string, more: Files = {}): Files => ({ ...more, 'calls/a.yaml': text })
const templates = (texts: Readonly<Record<string, string>>, uses?: string): Files => ({
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`templates/${name}.yaml`, text])),
  'calls/a.yaml': uses === undefined ? 'calls: {}\n' : `calls: { a: { uses: ${uses} } }\n`,
})
const secrets = (call: string, variables = ''): Files =>
  calls(`${variables}calls:\n  a: { call: { ${callback}, ${call} } }\n`, {
    'callctl.yaml': 'env: [{ name: TOKEN, secret: true }]\n',
  })
const subject = (text: string): Files =>
  calls(`calls:\n  a: { call: { ${callback}, subject: ${text} } }\n  b: { ${body} }\n`)
const settings = (text: string): Files => calls('calls: {}\n', { 'callctl.yaml': text })

const mistakesOfTemplates: readonly Mistake[] = [
  ['a template that extends itself', templates({ t: 'extends: t\ncall: {}\n' }, 't'), 'template/cycle', 't'],
  [
    'a circle of three',
    templates({ r: 'extends: s\n', s: 'extends: t\n', t: 'extends: r\n' }, 't'),
    'template/cycle',
    'r',
  ],
  [
    'a parent that does not exist',
    templates({ base: body, t: 'extends: bse\n' }, 't'),
    'template/unknown',
    'bse',
    'hint',
  ],
  ['a parent that is a list', templates({ t: 'extends: [base]\n' }, 't'), 'key/type', '[base]'],
  [
    'a parent with a mistake',
    templates({ base: 'call: { subject: "{{nme}}" }\n', t: 'extends: base\n', u: 'extends: base\n' }, 't'),
    'variable/undefined',
    'nme',
  ],
  [
    'a variable that no child reads either',
    templates({ base: `variables: { v: { type: string, default: x } }\n${body}\n`, t: 'extends: base\n' }),
    'variable/unused',
    'v',
    'hint',
  ],
  [
    'an inherited variable that nothing gives a value',
    templates(
      { base: `variables: { v: {} }\ncall: { ${callback}, subject: "{{v}}" }\n`, t: 'extends: base\n' },
      't',
    ),
    'variable/missing',
    't',
    'hint',
  ],
  [
    'a secret that is no boolean',
    templates({ t: `variables: { v: { secret: yes } }\ncall: { subject: "{{v}}" }\n` }),
    'key/type',
    'yes',
  ],
]

const mistakesOfSecrets: readonly Mistake[] = [
  [
    'a secret that chooses whom a call rings',
    {
      'templates/t.yaml': `variables: { s: { type: string, secret: true } }\ncall: { ${callback}, targets: [{ identity: { user: { id: "{{s}}" } } }] }\n`,
      'calls/a.yaml': 'calls: { a: { uses: t, with: { s: "4e1a" } } }\n',
    },
    'secret/chooses',
    '"4e1a"',
    'hint',
  ],
  ['a secret in a helper', secrets("subject: '{{upper env.TOKEN}}'"), 'secret/place', 'env.TOKEN'],
  ['a secret compared', secrets('subject: \'{{eq env.TOKEN "x"}}\''), 'secret/place', 'env.TOKEN'],
  [
    'a secret looked through',
    secrets("subject: '{{#each env.TOKEN}}x{{/each}}'"),
    'secret/place',
    'env.TOKEN',
  ],
  [
    'a secret in the variable of a file',
    secrets("subject: '{{s}}'", 'variables: { s: "x{{env.TOKEN}}" }\n'),
    'secret/place',
    '"x{{env.TOKEN}}"',
    'hint',
  ],
  [
    'a secret for a variable that is none',
    {
      'callctl.yaml': 'env: [{ name: TOKEN, secret: true }]\n',
      'templates/t.yaml': `variables: { s: { type: string } }\ncall: { ${callback}, subject: "{{s}}" }\n`,
      'calls/a.yaml': 'calls: { a: { uses: t, with: { s: "{{env.TOKEN}}" } } }\n',
    },
    'secret/place',
    '"{{env.TOKEN}}"',
    'hint',
  ],
  ['a name of the environment that is none', settings('env: [{ name: A-B }]\n'), 'key/type', '{ name: A-B }'],
  ['a name that proves who one is', settings('env: [GITHUB_TOKEN]\n'), 'env/name', 'GITHUB_TOKEN', 'hint'],
  [
    'one that does, kept as a secret, in small letters',
    settings('env: [{ name: azure_client_secret, secret: true }]\n'),
    'env/name',
    '{ name: azure_client_secret, secret: true }',
    'hint',
  ],
  [
    'one that does, for an environment alone',
    settings('environments: { staging: { env: [CALLCTL_GRAPH_ROOT] } }\n'),
    'env/name',
    'CALLCTL_GRAPH_ROOT',
    'hint',
  ],
  [
    'a name that ends like a secret’s, and is none',
    settings('env: [Board_Key]\n'),
    'env/name',
    'Board_Key',
    'hint',
  ],
  ['a misspelt `secret`', settings('env: [{ name: A, secrt: true }]\n'), 'key/unknown', 'secrt', 'hint'],
  ['text that looks like a secret', subject('"(secret TOKEN)"'), 'secret/place', '"(secret TOKEN)"', 'hint'],
]

const mistakesOfReferences: readonly Mistake[] = [
  [
    'a call that is not there',
    subject('"{{calls.bb.id}}"'),
    'reference/unknown',
    '"{{calls.bb.id}}"',
    'hint',
  ],
  ['a call that needs itself', subject('"{{calls.a.id}}"'), 'reference/cycle', 'a'],
  ['inside text', subject('"x{{calls.b.id}}"'), 'reference/place', 'calls.b.id', 'hint'],
  ['in a helper', subject('"{{upper calls.b.id}}"'), 'reference/place', 'calls.b.id', 'hint'],
  ['another property', subject('"{{calls.b.subject}}"'), 'reference/place', 'calls.b.subject', 'hint'],
  ['no property', subject('"{{calls.b}}"'), 'reference/place', 'calls.b', 'hint'],
]

const mistakesOfSettings: readonly Mistake[] = [
  [
    'a lint that does not exist',
    settings('lints: { lint/no-medai: off }\n'),
    'key/unknown',
    'lint/no-medai',
    'hint',
  ],
  [
    'an error that cannot be turned off',
    settings('lints: { variable/undefined: off }\n'),
    'key/unknown',
    'variable/undefined',
    'hint',
  ],
  [
    'a severity of another word',
    settings('lints: { lint/no-media: warning }\n'),
    'key/type',
    'warning',
    'hint',
  ],
  ['an environment with a blank', settings('environments: { "a b": {} }\n'), 'key/type', '"a b"'],
  ['an environment that is text', settings('environments: { a: b }\n'), 'key/type', 'b'],
  [
    'an environment of an environment',
    settings('environments: { a: { environments: {} } }\n'),
    'key/unknown',
    'environments',
    'hint',
  ],
  [
    'a version in an environment',
    settings('environments: { a: { version: 1 } }\n'),
    'key/unknown',
    'version',
    'hint',
  ],
]

/** What is wrong with parents, secrets, references and environments. */
export const mistakesOfTheRest: readonly Mistake[] = [
  ...mistakesOfTemplates,
  ...mistakesOfSecrets,
  ...mistakesOfReferences,
  ...mistakesOfSettings,
]
