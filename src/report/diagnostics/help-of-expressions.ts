import type { DiagnosticHelp } from './help-entry.js'

const callback = 'callbackUri: https://bot.contoso.com'
const subject = (text: string, variables = '{ region: emea, people: [{ id: x }], nobody: null }') => ({
  'calls/a.yaml': `variables: ${variables}\ncalls:\n  ping:\n    call:\n      ${callback}\n      subject: ${text}\n`,
})

/** What stands between `{{` and `}}`, and directives. */
export const helpOfExpressions = {
  'directive/arguments': {
    example: subject('{ $if: "{{region}}" }'),
    fix: 'Write `$each`, `$as`, `$do`, or `$if`, `$then` and perhaps `$else`, in a map with no other key.',
  },
  'directive/unknown': {
    example: subject('{ $unless: "{{region}}", $then: x }'),
    fix: 'There are `$each`, `$as`, `$do`, `$if`, `$then` and `$else`. For a literal key write `$$name`.',
  },
  'env/chooses': {
    example: {
      'callctl.yaml': 'env: [ONCALL]\n',
      'calls/a.yaml': `calls:\n  ping:\n    call:\n      ${callback}\n      targets: [{ identity: { user: { id: '{{default env.ONCALL "x"}}' } } }]\n`,
    },
    fix: 'Reviewers compile without your variables. Spell people and numbers out, and let `--env` choose among environments of callctl.yaml, which are reviewed, or `--var`.',
  },
  'env/name': {
    example: { 'callctl.yaml': 'env: [GITHUB_TOKEN]\n', ...subject('"{{env.GITHUB_TOKEN}}"') },
    fix: 'Nothing of a call may hold what signs in. Other names that end in TOKEN, SECRET, PASSWORD or KEY are written `{ name: NAME, secret: true }`.',
  },
  'env/undeclared': {
    example: subject('"{{env.REGION}}"'),
    fix: 'List the name under `env` in callctl.yaml: expressions read no other variable of the environment.',
  },
  'env/unset': {
    example: { 'callctl.yaml': 'env: [INCIDENT]\n', ...subject('"{{env.INCIDENT}}"') },
    fix: 'Set it where callctl runs, or write `{{default env.INCIDENT "none"}}`.',
  },
  'expression/arguments': {
    example: subject('"{{upper region people}}"'),
    fix: 'Compare with the table of helpers in docs/language.md; a helper inside a helper stands in parentheses.',
  },
  'expression/forbidden': {
    example: subject('"{{> footer}}"'),
    fix: 'Use a variable, a helper or a template instead. No code of a workspace is ever run.',
  },
  'expression/not-text': {
    example: subject('"for {{people}}"'),
    fix: 'Name a property of it, use `join`, `json` or `default`, or let the expression stand alone to keep its type.',
  },
  'expression/syntax': {
    example: subject('"{{#if region}}x"'),
    fix: 'Close every `{{` with `}}`, and every `{{#if …}}` with `{{/if}}`. A literal brace is `\\{{`.',
  },
  'expression/too-complex': {
    example: subject('"{{../../../../region}}"'),
    fix: 'Split it: give a part of it a name under `variables`, and use that.',
  },
  'expression/truth': {
    example: subject('"{{#if oncall}}x{{/if}}"', '{ oncall: "no" }'),
    fix: 'Cells of CSV, environment variables and `--var` are text, and a text counts as true whatever it says. Compare it (`eq p.oncall "yes"`) or read it (`bool p.oncall`, which takes no other words).',
  },
  'expression/unknown-helper': {
    example: subject('"{{uper region}}"'),
    fix: 'Use one of the helpers that docs/language.md lists; a workspace cannot add one.',
  },
  'expression/unset': {
    example: {
      'templates/ping.yaml': `variables:\n  person: { type: object, properties: { id: { type: string }, name: { type: string } } }
call: { ${callback}, subject: "{{person.name}}" }\n`,
      'calls/a.yaml': 'calls:\n  ping: { uses: ping, with: { person: { id: x } } }\n',
    },
    fix: 'Write `{{default person.name person.id}}`, or choose with `#if` or `$if`.',
  },
} as const satisfies Record<string, DiagnosticHelp>
