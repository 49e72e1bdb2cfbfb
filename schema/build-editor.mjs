// The schemas of the language's own files, for editors: calls.json, template.json, workspace.json, test.json. Pure.
import { callDefinitions } from './build-editor-call.mjs'
import { testFileProperties } from './build-editor-test.mjs'
import { callSnippets, definitionSnippets, templateSnippets } from './editor-snippets.mjs'

const DRAFT = 'http://json-schema.org/draft-07/schema#'
const NAME = '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$'
const text = (description) => ({ description, type: 'string' })
const map = (description, properties) => ({
  description,
  type: 'object',
  properties,
  additionalProperties: false,
})
const anyMap = (description) => ({ description, type: 'object' })
const callRef = (description) => ({ description, $ref: '#/definitions/call' })

/** The schemas by name. `schemas` has the call schemas of all versions, `codes` the diagnostic codes. */
export function editorSchemas(schemas, codes) {
  const definitions = callDefinitions(schemas, callSnippets)
  const file = (title, properties, rest = {}) => ({
    $schema: DRAFT,
    title,
    ...map(`${title}, as editors see it: \`{{…}}\` may stand for any value.`, properties),
    ...rest,
    definitions: { ...rest.definitions, ...definitions },
  })
  return {
    calls: file('callctl call definitions', callsProperties(), {
      required: ['calls'],
      definitions: { definition: definitionSchema() },
    }),
    template: file('callctl call template', templateProperties(), {
      anyOf: [{ required: ['call'] }, { required: ['extends'] }],
      defaultSnippets: templateSnippets,
      definitions: { variable: variableSchema() },
    }),
    workspace: file('callctl.yaml', workspaceProperties(codes)),
    test: file('callctl tests of definitions', testFileProperties(definitionSchema().properties, codes), {
      required: ['tests'],
    }),
  }
}

const graphProperties = {
  version: { description: 'Version of Graph; v1.0 is the default.', enum: ['v1.0', 'beta'], default: 'v1.0' },
  collection: {
    description: 'Where calls are created; app and application exist in beta alone.',
    enum: ['communications', 'app', 'application'],
    default: 'communications',
  },
  applicationId: text('Application id of the bot, for the collection application.'),
}
const graph = map('Where calls are posted; wins over the layer below, key by key.', graphProperties)
const variables = (whose) => anyMap(`Variables ${whose}: name to value. A value may be an expression.`)

function callsProperties() {
  return {
    variables: variables('for every call in this file'),
    data: {
      description: 'Lists that the definitions read, by name.',
      type: 'object',
      additionalProperties: {
        ...map('One list.', {
          file: text(
            'A .csv file with a header row, a .json or a .yaml file, relative to this one, inside the workspace.',
          ),
          separator: {
            description: 'What parts the cells of a CSV, where it is no comma.',
            enum: [',', ';', 'tab', '|'],
          },
          untracked: {
            description:
              'Leave to read the file though git ignores it. Reviews name it: no reviewer sees such a list.',
            type: 'boolean',
          },
        }),
        required: ['file'],
      },
    },
    calls: {
      description: 'Calls by name. The name is the address under which the lockfile remembers the call.',
      type: 'object',
      propertyNames: { pattern: `${NAME}|\\{\\{` },
      additionalProperties: { $ref: '#/definitions/definition' },
    },
  }
}

function definitionSchema() {
  return {
    ...map('One call, or with `forEach` one for each item of a list.', {
      description: text('What the call is for, shown to reviewers.'),
      uses: text('Name of a template: the file templates/NAME.yaml.'),
      with: anyMap('Values for the template’s variables.'),
      call: callRef(
        'Merged over the template’s call: the last word. Without `uses`, the whole call. null removes.',
      ),
      graph,
      forEach: text(
        'A list, as an expression: one call for each of its items. The name then holds an expression.',
      ),
      as: { ...text('The name that an item has.'), pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
      where: text('Which items get a call: an expression that sees the item and comes to true or false.'),
      oncePer: text('Ring once for each value of this, such as an incident, and not once for ever.'),
      movedFrom: text('The name that this call had before: it is renamed, and not rung again.'),
      onChange: {
        description:
          'redial: place the call again when its payload has changed since it was placed. Else that is only reported.',
        enum: ['redial'],
      },
    }),
    dependencies: { forEach: ['as'], as: ['forEach'], where: ['forEach'] },
    anyOf: [{ required: ['uses'] }, { required: ['call'] }],
    defaultSnippets: definitionSnippets,
  }
}

function templateProperties() {
  return {
    description: text('What calls of this template are for.'),
    extends: text(
      'Name of another template: its variables are inherited, and `call` is merged over its call.',
    ),
    variables: {
      description: 'Variables of this template, each declared by a JSON Schema.',
      type: 'object',
      additionalProperties: { $ref: '#/definitions/variable' },
    },
    graph,
    call: callRef('The call, with expressions and directives.'),
  }
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']
const number = (description) => ({ description, type: 'number' })
const count = (description) => ({ description, type: 'integer', minimum: 0 })
const variableRef = (description) => ({ description, $ref: '#/definitions/variable' })

function variableSchema() {
  return {
    ...map('A variable: the values that it takes.', {
      type: {
        description: 'JSON type, or a list of types.',
        anyOf: [{ enum: [...TYPES, null] }, { type: 'array', items: { enum: [...TYPES, null] } }],
      },
      default: {
        description: 'The value when nothing gives one; null makes the variable optional. No expression.',
      },
      secret: {
        description: 'Whether the value is kept out of every output, file and digest.',
        type: 'boolean',
        default: false,
      },
      description: text('What the variable is for.'),
      title: text('A short name.'),
      examples: { description: 'Values that it may have.', type: 'array' },
      $comment: text('A note for whoever edits the template.'),
      enum: { description: 'The values that it may have.', type: 'array' },
      const: { description: 'The one value that it may have.' },
      minimum: number('The least number.'),
      maximum: number('The greatest number.'),
      exclusiveMinimum: number('The number is greater than this.'),
      exclusiveMaximum: number('The number is less than this.'),
      multipleOf: { ...number('The number is a multiple of this.'), exclusiveMinimum: 0 },
      minLength: count('The least number of characters.'),
      maxLength: count('The greatest number of characters.'),
      pattern: text('A regular expression that some part of the text matches.'),
      format: {
        description: 'The form of the text.',
        enum: ['uuid', 'uri', 'email', 'date', 'date-time', 'e164'],
      },
      minItems: count('The least number of items.'),
      maxItems: count('The greatest number of items.'),
      uniqueItems: { description: 'Whether all items differ.', type: 'boolean' },
      items: variableRef('What each item is.'),
      properties: {
        description: 'What each property is, by name.',
        type: 'object',
        additionalProperties: { $ref: '#/definitions/variable' },
      },
      required: { description: 'Properties that must be there.', type: 'array', items: { type: 'string' } },
      additionalProperties: {
        description: 'false forbids properties that are not listed; a schema describes them.',
        anyOf: [{ type: 'boolean' }, { $ref: '#/definitions/variable' }],
      },
    }),
  }
}

function workspaceProperties(codes) {
  const shared = {
    graph: map('Where calls are posted.', {
      ...graphProperties,
      cloud: {
        description: 'The cloud of the tenant; global is the default.',
        enum: ['global', 'us-gov', 'us-gov-dod'],
        default: 'global',
      },
      resourceSpecificConsent: {
        description:
          'Whether meetings themselves let the app join (Calls.JoinGroupCalls.Chat), which no token tells: a missing Calls.JoinGroupCall.All then blocks no meeting join.',
        type: 'boolean',
        default: false,
      },
    }),
    tenantId: text('Tenant to sign in to, and the default of every call’s tenantId.'),
    env: environmentVariables(),
    variables: variables('for every call'),
    defaults: callRef('Merged under every call.'),
    limits: limits(),
    lints: lints(codes),
  }
  const record = {
    ...map('Where several runners share one record; the environment says where it is.', {
      kind: { description: 'What keeps it.', const: 'postgres' },
    }),
    required: ['kind'],
  }
  return {
    version: { description: 'Version of this file’s format.', const: 1, default: 1 },
    ...shared,
    record,
    environments: {
      description:
        'Settings by name, merged over the others by `--env NAME`. Each has a lockfile of its own.',
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$' },
      additionalProperties: map('Settings of one environment.', shared),
    },
  }
}

const environmentName = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }
const environmentVariables = () => ({
  description: 'The only environment variables that expressions may read.',
  type: 'array',
  items: {
    anyOf: [
      { description: 'Name of an environment variable.', ...environmentName },
      {
        ...map('An environment variable.', {
          name: { description: 'Its name.', ...environmentName },
          secret: {
            description: 'Whether its value is kept out of every output.',
            type: 'boolean',
            default: false,
          },
        }),
        required: ['name'],
      },
    ],
  },
})

const limits = () =>
  map('What one apply may do at most.', {
    people: {
      description: 'People and numbers that one apply may ring; unlimited when absent.',
      type: 'integer',
      minimum: 0,
      maximum: 1_000_000,
    },
    concurrency: { description: 'Calls in flight.', type: 'integer', minimum: 1, maximum: 64, default: 8 },
    concurrentCalls: {
      description:
        'Calls that may be live at once, counted from the lockfile; Graph’s quota for an app is 100.',
      type: 'integer',
      minimum: 0,
      maximum: 1_000_000,
    },
    callsPerMonth: {
      description:
        'Calls that may be placed in a month (UTC), counted from the lockfile; Graph’s quota for an app is 10,000.',
      type: 'integer',
      minimum: 0,
      maximum: 1_000_000,
    },
  })

/** Those that may be set: lints, warnings, and properties that Graph may yet have. */
function lints(codes) {
  const adjustable = Object.entries(codes).filter(
    ([code, [severity]]) =>
      code.startsWith('lint/') || severity === 'warning' || code === 'schema/unknown-property',
  )
  const level = ([code, [, description]]) => [code, { description, enum: ['off', 'warn', 'error'] }]
  return map('How much each lint counts, by its code.', Object.fromEntries(adjustable.map(level)))
}
