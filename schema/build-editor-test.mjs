// The part of test.json that is about tests: what a file of tests of definitions may hold. Pure.

const text = (description) => ({ description, type: 'string' })
const texts = (description, items = { type: 'string' }) => ({ description, type: 'array', items })
const callRef = (description) => ({ description, $ref: '#/definitions/call' })
const closed = (description, properties) => ({
  description,
  type: 'object',
  properties,
  additionalProperties: false,
})
const pointerForm = '^(/([^~]|~[01])*)?$'

/** `definition` has the schemas of the keys that a test shares with a definition. */
export const testFileProperties = (definition, codes) => ({
  tests: {
    description: 'Tests by name: a sentence that says what holds.',
    type: 'object',
    additionalProperties: testSchema(definition, codes),
  },
})

const testSchema = ({ uses, with: values, graph }, codes) => ({
  ...closed('What is tried, and what is expected of it.', {
    address: text('Calls of the workspace: the name or address of one, or a pattern with `*`.'),
    uses,
    with: values,
    call: callRef('Merged over the template’s call. Without `uses`, the whole call.'),
    graph,
    env: text('The environment of callctl.yaml that the test is under.'),
    variables: {
      description: 'Values of variables, as a --var-file gives them. No expressions.',
      type: 'object',
    },
    environment: {
      description: 'The environment variables that there are. A test reads no others.',
      type: 'object',
      additionalProperties: { type: 'string' },
    },
    expect: expectSchema(codes),
  }),
  required: ['expect'],
  oneOf: [{ required: ['address'] }, { anyOf: [{ required: ['uses'] }, { required: ['call'] }] }],
})

const expectSchema = (codes) =>
  closed('What holds. Plain data: no expression is rendered in it.', {
    addresses: texts('The addresses of the calls that `address` matches: all, in any order.'),
    diagnostics: texts(
      'The codes of all that the call is complained of. Without it, errors are not allowed and warnings not looked at.',
      { enum: Object.keys(codes) },
    ),
    kind: {
      description: 'What kind of call it is.',
      enum: ['peer-to-peer', 'pstn', 'group', 'meeting-join', 'guest-join'],
    },
    endpoint: text('Where the call is posted, such as /v1.0/communications/calls.'),
    people: texts('Object ids of the people who are rung: all, in any order.'),
    numbers: texts('Phone numbers that are rung: all, in any order. In quotes.'),
    permissions: texts('The permissions that are needed: all, in any order.'),
    payload: callRef('The whole call, as `compile` prints it.'),
    values: {
      description: 'Values of the call, by JSON Pointer, such as /targets/0/identity/user/id.',
      type: 'object',
      propertyNames: { pattern: pointerForm },
    },
    absent: texts('JSON Pointers that lead to nothing.', { type: 'string', pattern: pointerForm }),
  })
