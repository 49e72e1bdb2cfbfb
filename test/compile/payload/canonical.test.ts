import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { canonicalText, digestOf, formatCall } from '../../../src/compile/payload/canonical.js'
import type { JsonObject, JsonValue } from '../../../src/model/json.js'
import { callOf, compileFiles } from '../../helpers/workspace.js'

const order = suite('order of properties')

const inOrder = `      "@odata.type": "#microsoft.graph.call"
      direction: outgoing
      subject: s
      callbackUri: https://b.example
      targets:
        - "@odata.type": "#microsoft.graph.invitationParticipantInfo"
          identity: { "@odata.type": "#microsoft.graph.identitySet", user: { id: a, displayName: b } }
      requestedModalities: [audio]
      mediaConfig: { "@odata.type": "#microsoft.graph.appHostedMediaConfig", blob: x }
`
const shuffled = `      mediaConfig: { blob: x, "@odata.type": "#microsoft.graph.appHostedMediaConfig" }
      requestedModalities: [audio]
      targets:
        - identity: { user: { displayName: b, id: a }, "@odata.type": "#microsoft.graph.identitySet" }
          "@odata.type": "#microsoft.graph.invitationParticipantInfo"
      callbackUri: https://b.example
      "@odata.type": "#microsoft.graph.call"
      subject: s
      direction: outgoing
`
const fileOf = (body: string) => ({ 'calls/a.yaml': `calls:\n  a:\n    call:\n${body}` })

order('is that of the schema, tag first', () =>
  assert.equal(Object.keys(callOf(fileOf(shuffled))), [
    '@odata.type',
    'direction',
    'subject',
    'callbackUri',
    'targets',
    'requestedModalities',
    'mediaConfig',
  ]),
)
order('does not depend on the source', () => {
  const [first, second] = [inOrder, shuffled].map((body) => compileFiles(fileOf(body)).payloads[0])
  assert.is(first?.text, second?.text)
  assert.is(first?.digest, second?.digest)
})
order('the order of lists does', () => {
  const [first, second] = ['[audio, video]', '[video, audio]'].map(
    (list) =>
      compileFiles(fileOf(`      callbackUri: https://b.example\n      requestedModalities: ${list}\n`))
        .payloads[0],
  )
  assert.is.not(first?.digest, second?.digest)
})

const text = suite('text of a call')
text('has two spaces and a newline at the end', () =>
  assert.is(formatCall({ a: { b: [1] } }), '{\n  "a": {\n    "b": [\n      1\n    ]\n  }\n}\n'),
)
text('is the same for the same input', () => {
  const [first, second] = [0, 1].map(() => compileFiles(fileOf(inOrder)).payloads[0]?.text)
  assert.is(first, second)
})
text('parses to the call', () => {
  const [payload] = compileFiles(fileOf(inOrder)).payloads
  assert.equal(JSON.parse(payload!.text), payload?.call)
})
text('keeps every character', () => {
  const call = callOf(
    fileOf('      callbackUri: https://b.example?a=1&b=<>\n      subject: "\\u2028é💚\\n\\t\\"\\\\"\n'),
  )
  assert.is(call['callbackUri'], 'https://b.example?a=1&b=<>')
  assert.is(call['subject'], '\u2028é💚\n\t"\\')
})

const canonical = suite('RFC 8785')
const vectors: readonly (readonly [string, string])[] = [
  ['{"b":1,"a":2}', '{"a":2,"b":1}'],
  [
    '{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001] }',
    '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  ],
  [
    String.raw`{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/" }`,
    String.raw`{"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  ],
  ['{ "literals": [null, true, false] }', '{"literals":[null,true,false]}'],
  [
    String.raw`{ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 }`,
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  ],
  ['-0', '0'],
  ['[[],{},""]', '[[],{},""]'],
]
for (const [json, wanted] of vectors)
  canonical(json, () => assert.is(canonicalText(JSON.parse(json)), wanted))

canonical('the digest is SHA-256 of it', () => {
  assert.is(digestOf({}), '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  assert.is(digestOf({ b: 'é', a: 1 }), createHash('sha256').update('{"a":1,"b":"é"}', 'utf8').digest('hex'))
})

/** As the standard says it, with no thought of speed. */
function plainCanonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(plainCanonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const names = Object.keys(value).sort()
  const object = value as JsonObject
  return `{${names.map((name) => `${JSON.stringify(name)}:${plainCanonical(object[name]!)}`).join(',')}}`
}

canonical('any value is as the standard has it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      assert.is(canonicalText(value as JsonValue), plainCanonical(value as JsonValue))
    }),
    { seed: 8785, numRuns: 1000 },
  )
})

canonical('any short text is as the standard has it', () => {
  for (let unit = 0; unit < 0x800; unit += 1) {
    const value = { [`a${String.fromCharCode(unit)}`]: String.fromCharCode(unit) }
    assert.is(canonicalText(value), plainCanonical(value))
  }
})

order.run()
text.run()
canonical.run()
