import type { Severity } from './severity.js'

/**
 * Every diagnostic code: its usual severity and what it means. A closed list; docs/diagnostics.md is made
 * from it.
 */
export const diagnosticCodes = {
  'data/csv': ['error', 'A list of data is not well-formed CSV with a header row.'],
  'data/file': [
    'error',
    '`data` names no `.csv`, `.json` or `.yaml` inside the workspace, or one that is hidden or that git ignores.',
  ],
  'data/json': ['error', 'A file of data is not JSON.'],
  'definition/duplicate-name': [
    'error',
    'Two calls of the workspace have the same name (letter case aside).',
  ],
  'definition/empty-list': ['warning', 'The list of a `forEach` is empty, so that nobody is rung.'],
  'definition/left-out': ['warning', 'A `$if` without `$else` leaves a whole call out.'],
  'definition/name': ['error', 'A call name is not `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`.'],
  'definition/nothing-to-call': ['error', 'A definition has neither `uses` nor `call`.'],
  'directive/arguments': ['error', 'A directive lacks a part, has one too many, or one of the wrong type.'],
  'directive/unknown': [
    'error',
    'A key starts with `$` and is no directive; `$$name` writes a literal `$name`.',
  ],
  'env/chooses': [
    'warning',
    'The environment chooses who is rung, which calls there are, where they go, or what properties and items they have.',
  ],
  'env/name': [
    'error',
    'A name under `env` that proves who one is, or that ends like a secret’s and is not kept as one.',
  ],
  'env/undeclared': [
    'error',
    'An expression reads, or a test sets, an environment variable that callctl.yaml does not list under `env`.',
  ],
  'env/unset': ['error', 'A declared environment variable is needed and not set.'],
  'expression/arguments': ['error', 'A helper gets the wrong number or type of arguments.'],
  'expression/forbidden': [
    'error',
    'Handlebars that callctl does not run: partials, decorators, `log`, prototypes.',
  ],
  'expression/not-text': ['error', 'A null, list or object stands inside text.'],
  'expression/syntax': ['error', 'A `{{…}}` that is not well formed.'],
  'expression/too-complex': ['error', 'An expression over the limits on length, count or depth.'],
  'expression/truth': [
    'error',
    'Text that spells a boolean, such as `no`, is asked whether it is true, and text counts as true.',
  ],
  'expression/unknown-helper': ['error', 'A helper that does not exist.'],
  'expression/unset': ['error', 'An optional value that is not set is used without `default` or `#if`.'],
  'file/encoding': ['error', 'A file is not UTF-8 text, or holds NUL characters.'],
  'file/extension': [
    'warning',
    'A `.yml`, `.YAML` or `.json` file stands where only `.yaml` files are read.',
  ],
  'file/too-large': ['error', 'A file is over 8 MiB.'],
  'file/unreadable': ['error', 'A file cannot be read, is no regular file, or leads out of the workspace.'],
  'key/missing': ['error', 'A key that is needed is absent.'],
  'key/type': [
    'error',
    'A value of callctl.yaml, a template, a definition or a test has the wrong type or form.',
  ],
  'key/unknown': ['error', 'A key that callctl.yaml, a template, a definition or a test does not have.'],
  'limit/steps': ['error', 'Compiling or comparing takes more steps than a run may.'],
  'lint/callback-uri': ['error', '`callbackUri` is not an https URL that Graph can reach.'],
  'lint/duplicate-target': ['warning', 'Two targets of a call are the same.'],
  'lint/emergency-number': [
    'error',
    'A call would ring an emergency number of any country, such as 112 or 911, or another short one.',
  ],
  'lint/foreign-tenant': ['warning', 'A target is of another tenant than the call.'],
  'lint/group-size': ['warning', 'A call has more people than Graph creates a group call with: 5.'],
  'lint/id-form': [
    'warning',
    'What stands where an id belongs is none: a placeholder, a link, a domain, or percent-encoded.',
  ],
  'lint/incoming-options': ['warning', 'A new call has the options of answering one.'],
  'lint/link-cloud': [
    'warning',
    'A join link is of another cloud than the workspace, or of a personal account.',
  ],
  'lint/media-blob': ['warning', 'App-hosted media without the `blob` of a media session.'],
  'lint/meeting-chat': [
    'warning',
    '`chatInfo` is missing beside an organizerMeetingInfo, or stands where it does not belong.',
  ],
  'lint/meeting-tenant': [
    'warning',
    'A call joins a meeting without `tenantId`, or with another than the organizer’s.',
  ],
  'lint/missing-tenant': ['warning', 'A call to a phone number, or a new group call, has no `tenantId`.'],
  'lint/mixed-kinds': ['warning', 'A call has one target, as peer-to-peer, and joins a meeting.'],
  'lint/name-by-position': [
    'warning',
    'Only `@index`, `@first` or `@last` tells the names of a definition’s calls apart.',
  ],
  'lint/nobody': [
    'error',
    'A call has no `targets`, or empty ones, and joins no meeting: it would ring nobody.',
  ],
  'lint/no-media': ['warning', 'A call has no `mediaConfig`.'],
  'lint/not-in-version': [
    'warning',
    'This version or cloud of Graph does not have a property, type or value.',
  ],
  'lint/peer-to-peer-only': [
    'warning',
    '`ringingTimeoutInSeconds` or `routingPolicies` in a group call or meeting.',
  ],
  'lint/phone-in-group': ['warning', 'A new group call rings several phone numbers, or numbers and people.'],
  'lint/phone-format': ['warning', 'A phone number is not in E.164 form, or of no numbering plan.'],
  'lint/premium-number': ['error', 'A call would ring a premium-rate number.'],
  'lint/prompt-media': ['warning', 'What `preFetchMedia` fetches is no .wav file at an https address.'],
  'lint/pstn-source': ['warning', 'A call to a phone number has no application instance as its source.'],
  'lint/read-only': ['warning', 'A new call has a property that the service sets.'],
  'lint/two-identities': ['error', 'One target names two identities, such as a person and a number.'],
  'lint/user-id': [
    'error',
    'An e-mail address or a phone number stands where the object id of a person belongs.',
  ],
  'lint/user-source': ['warning', 'A call has a user as its source.'],
  'operation/body': ['error', 'What an operation on a live call would send, Graph would refuse or not read.'],
  'payload/empty-callee': [
    'error',
    'A target of a call or operation has no id, or an empty one: that is nobody.',
  ],
  'payload/too-large': ['error', 'A compiled call is over 256 KiB.'],
  'reference/cycle': ['error', 'Calls that need one another’s ids.'],
  'reference/place': [
    'error',
    'A reference to another call does not stand alone, or asks for what callctl does not know.',
  ],
  'reference/unknown': ['error', 'A reference to a call that the workspace does not define.'],
  'record/changed': [
    'warning',
    'The lockfile of a change says, as commands write it, that a call was placed, ended, settled or forgotten (`diff`).',
  ],
  'record/edited': [
    'error',
    'The lockfile of a change says what no command writes: it may free a call that rang, or hide one that did not (`diff`).',
  ],
  'schema/discriminator': ['error', '`@odata.type` is missing or names no type that may stand there.'],
  'schema/enum': ['error', 'A value is not one of those that Graph knows.'],
  'schema/range': ['error', 'A number, a text or a list is too small or too large.'],
  'schema/required': ['error', 'A property that Graph needs is absent.'],
  'schema/type': ['error', 'A value has the wrong JSON type.'],
  'schema/unknown-property': ['error', 'A property that this version of Graph does not have.'],
  'secret/chooses': [
    'warning',
    'A secret chooses who is rung, where the call or its notifications go, or what properties it has.',
  ],
  'secret/place': ['error', 'A secret stands where its value could be seen, or would change what is sent.'],
  'target/application-id': [
    'error',
    'The collection `application` needs an `applicationId`, and only it has one.',
  ],
  'target/cloud': ['error', 'A cloud that has no calls API.'],
  'target/version': ['error', 'A collection that this version of Graph does not have.'],
  'template/cycle': ['error', 'Templates that extend one another.'],
  'template/unknown': ['error', 'A definition uses a template that does not exist.'],
  'variable/cycle': ['error', 'Variables that need one another.'],
  'variable/missing': ['error', 'A variable without default that nothing gives a value.'],
  'variable/reserved': ['error', 'A variable with a name that expressions use otherwise.'],
  'variable/schema': ['error', 'A variable is declared with a JSON Schema that callctl does not read.'],
  'variable/undeclared': [
    'error',
    '`with` names a variable that the template does not declare, or `--var` or a test one that nothing declares.',
  ],
  'variable/undefined': ['error', 'An expression reads a variable or property that nothing declares.'],
  'variable/unused': ['warning', 'A declared variable that nothing reads.'],
  'variable/value': ['error', 'A value does not satisfy its variable’s schema.'],
  'yaml/alias': ['error', 'An alias that is undefined, refers to itself, or unfolds beyond reason.'],
  'yaml/cut-text': [
    'warning',
    'Text is cut at a ` #` that does not look like a comment; an error where nothing is left of it.',
  ],
  'yaml/directive': ['error', 'A `%` directive other than `%YAML 1.2`.'],
  'yaml/documents': ['error', 'More than one document in a file, or none.'],
  'yaml/duplicate-key': ['error', 'A key stands twice in one map.'],
  'yaml/forbidden-key': ['error', 'A key such as `__proto__`, which could reach into the program.'],
  'yaml/merge-key': ['error', 'The merge key `<<`, which YAML 1.2 does not have.'],
  'yaml/syntax': ['error', 'Text that is not YAML 1.2.'],
  'yaml/tag': ['error', 'A tag other than those of the core schema.'],
  'yaml/too-deep': ['error', 'Maps and lists nested deeper than 64 levels.'],
  'yaml/unquoted-expression': ['error', '`{{…}}` without quotes, which YAML reads as a map.'],
  'yaml/unquoted-number': ['error', 'A number that YAML would change: a phone number or id without quotes.'],
} as const satisfies Record<string, readonly [Severity, string]>

export type DiagnosticCode = keyof typeof diagnosticCodes
