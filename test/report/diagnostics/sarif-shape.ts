// The part of SARIF 2.1.0 that callctl writes, as a JSON Schema: closed, with the bounds of the standard.

const text = { type: 'string' }
const count = { type: 'integer', minimum: 0 }
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const list = (items: object) => ({ type: 'array', items, uniqueItems: true })
const message = closed({ text, markdown: text }, ['text'])
const level = { enum: ['none', 'note', 'warning', 'error'] }
const line = { type: 'integer', minimum: 1 }

const physicalLocation = closed(
  {
    artifactLocation: closed({ uri: { type: 'string', pattern: "^[\\w./%!'()*~-]+$" }, uriBaseId: text }, [
      'uri',
    ]),
    region: closed({ startLine: line, startColumn: line, endLine: line, endColumn: line }, ['startLine']),
  },
  ['artifactLocation'],
)
const location = {
  id: { type: 'integer', minimum: -1 },
  message,
  physicalLocation,
  logicalLocations: list(closed({ name: text, fullyQualifiedName: text })),
}

const rule = closed(
  { id: text, shortDescription: message, defaultConfiguration: closed({ level }), help: message },
  ['id'],
)
const result = closed(
  {
    ruleId: text,
    ruleIndex: count,
    level,
    message,
    locations: { type: 'array', items: closed(location) },
    relatedLocations: list(closed(location)),
    partialFingerprints: { type: 'object', additionalProperties: text },
  },
  ['message'],
)

export const sarifShape = closed(
  {
    $schema: { type: 'string', pattern: '^https://' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: closed(
        {
          tool: closed(
            { driver: closed({ name: text, semanticVersion: text, rules: list(rule) }, ['name']) },
            ['driver'],
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: { type: 'array', items: result },
        },
        ['tool'],
      ),
    },
  },
  ['version', 'runs'],
)
