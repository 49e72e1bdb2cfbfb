import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isCompiledPayload } from '../../../src/compile/payload/own-payload.js'

const test = suite('compile/own-payload')

test('every payload that this repository keeps is one', () => {
  for (const name of readdirSync('compiled').filter((each) => each.endsWith('.json')))
    assert.ok(isCompiledPayload(readFileSync(`compiled/${name}`, 'utf8')), name)
})

const call = { '@odata.type': '#microsoft.graph.call', subject: 's', callbackUri: 'https://a.example' }
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const foreign: Readonly<Record<string, string>> = {
  'a package': pretty({ name: 'p', version: '1.0.0' }),
  'a list': pretty([call]),
  'an empty map': '{}\n',
  'a call on one line': `${JSON.stringify(call)}\n`,
  'a call indented by four spaces': `${JSON.stringify(call, null, 4)}\n`,
  'a call without the line end': JSON.stringify(call, null, 2),
  'a call in another order': pretty({ callbackUri: 'https://a.example', subject: 's' }),
  'a lockfile': pretty({ lockfileVersion: 1, lineage: 'x', calls: {} }),
  'a call with a key twice': pretty(call).replace('{', '{\n  "subject": "t",'),
  nothing: '',
  'no JSON': 'callbackUri\n',
}

for (const [name, text] of Object.entries(foreign)) {
  test(`${name} is none`, () => assert.not.ok(isCompiledPayload(text)))
}

test('a call is one', () => assert.ok(isCompiledPayload(pretty(call))))

test.run()
