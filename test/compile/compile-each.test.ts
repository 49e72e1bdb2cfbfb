import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPayload } from '../../src/compile/call/create-payload.js'
import { compile, compileEach } from '../../src/compile/compile.js'
import type { Payload } from '../../src/model/payload.js'
import { type Files, noValues, bareWorkspace as workspace } from '../helpers/workspace.js'

const test = suite('compileEach')

const call = (subject: string) => `call: { callbackUri: https://b.example, subject: "${subject}" }`
const list = 'data: { people: { file: ../data/people.csv } }\n'
const rows = 'id,who\n1,Adele\n2,Bob\n2,Carol\n4,\n'

const cases: Readonly<Record<string, Files>> = {
  'calls in several files': {
    'calls/a.yaml': `calls:\n  one: { ${call('1')} }\n`,
    'calls/b.yaml': `calls:\n  two: { ${call('2')} }\n`,
  },
  'a list with a name that stands twice': {
    'calls/a.yaml': `${list}calls:\n  "n-{{p.id}}": { forEach: "{{people}}", as: p, ${call('{{p.who}}')} }\n`,
    'data/people.csv': rows,
  },
  'calls that break their schema between good ones': {
    'calls/a.yaml': `calls:\n  a: { ${call('x')} }\n  b: { call: { nonsense: 1 } }\n  c: { ${call('y')} }\n`,
  },
  references: {
    'calls/a.yaml': `calls:\n  a: { ${call('{{calls.b.id}}')} }\n  b: { ${call('x')} }\n`,
  },
  'references that lead nowhere and in a circle': {
    'calls/a.yaml': `calls:
  a: { ${call('{{calls.nobody.id}}')} }
  b: { ${call('{{calls.c.id}}')} }
  c: { ${call('{{calls.b.id}}')} }
  d: { ${call('x')} }
`,
  },
}

for (const [name, files] of Object.entries(cases)) {
  test(`${name}: the same complaints in the same order`, () => {
    const { payloads: _payloads, ...whole } = compile(workspace(files), noValues)
    assert.equal(
      compileEach(workspace(files), noValues, () => {}),
      whole,
    )
  })

  test(`${name}: every payload is handed over, in order`, () => {
    const taken: Payload[] = []
    compileEach(workspace(files), noValues, (rendered) => {
      taken.push(createPayload(rendered))
    })
    const addresses = taken.map(({ address }) => address)
    const { payloads } = compile(workspace(files), noValues)
    assert.equal(
      payloads.map(({ address }) => address),
      addresses.filter((address) => payloads.some((payload) => payload.address === address)),
    )
    for (const { references: _references, ...payload } of payloads) {
      assert.equal(
        taken.find(({ address }) => address === payload.address),
        payload,
      )
    }
  })
}

test('a payload is forgotten: nothing of the result holds it', () => {
  const files = cases['calls in several files']!
  const result = compileEach(workspace(files), noValues, () => {})
  assert.is('payloads' in result, false)
})

test.run()
