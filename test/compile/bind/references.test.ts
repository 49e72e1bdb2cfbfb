import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile/compile.js'
import {
  codesOf,
  compileFiles,
  type Files,
  noValues,
  bareWorkspace as workspace,
} from '../../helpers/workspace.js'

const test = suite('references between calls')

const calls = (text: string): Files => ({ 'calls/a.yaml': `calls:\n${text}` })
const body = (subject: string) => `call: { callbackUri: https://b.example, subject: "${subject}" }`
const bridge = `  bridge: { ${body('x')} }\n`

const referencesOf = (made: Files) => compileFiles(made).payloads.map(({ references }) => references ?? [])

test('a reference is a placeholder, and known by address and property', () => {
  const { payloads } = compileFiles(calls(`${bridge}  a: { ${body('{{calls.bridge.id}}')} }\n`))
  assert.is(payloads[1]?.call['subject'], '(known after apply: calls.bridge.id)')
  assert.equal(payloads[1]?.references, [
    { address: 'bridge', property: 'id', placeholder: '(known after apply: calls.bridge.id)' },
  ])
})

test('callChainId may be asked for too', () => {
  const [, [reference]] = referencesOf(
    calls(`${bridge}  a: { ${body('{{calls.bridge.callChainId}}')} }\n`),
  ) as [unknown, { property: string }[]]
  assert.is(reference?.property, 'callChainId')
})

test('names with hyphens and dots are names', () => {
  const [, [reference]] = referencesOf(
    calls(`  bridge-2.x: { ${body('x')} }\n  a: { ${body('{{calls.bridge-2.x.id}}')} }\n`),
  ) as [unknown, { address: string }[]]
  assert.is(reference?.address, 'bridge-2.x')
})

test('a call of forEach is referred to by its rendered name', () => {
  const made = calls(
    `  'n-{{p}}': { forEach: '{{split "x,y" ","}}', as: p, ${body('{{p}}')} }\n  a: { ${body('{{calls.n-y.id}}')} }\n`,
  )
  assert.is(compileFiles(made).payloads[2]?.references?.[0]?.address, 'n-y')
})

test('with oncePer, the name stands for the address of this occasion', () => {
  const made = calls(`  bridge: { oncePer: INC-1, ${body('x')} }\n  a: { ${body('{{calls.bridge.id}}')} }\n`)
  assert.is(compileFiles(made).payloads[1]?.references?.[0]?.address, 'bridge@INC-1')
})

test('a template may refer to a call', () => {
  const made = {
    'templates/t.yaml': `call: { callbackUri: https://b.example, subject: "{{calls.bridge.id}}" }\n`,
    ...calls(`${bridge}  a: { uses: t }\n`),
  }
  assert.is(compileFiles(made).payloads[1]?.references?.[0]?.address, 'bridge')
})

test('a variable may hold a reference', () => {
  const made = calls(`${bridge}  a: { ${body('{{v}}')} }\n`)
  const text = `variables: { v: "{{calls.bridge.id}}" }\n${made['calls/a.yaml']}`
  assert.is(compileFiles({ 'calls/a.yaml': text }).payloads[1]?.references?.[0]?.address, 'bridge')
})

test('a call in a file that the command is not about may be referred to', () => {
  const files = {
    'calls/a.yaml': `calls:\n${bridge}`,
    'calls/b.yaml': `calls:\n  a: { ${body('{{calls.bridge.id}}')} }\n`,
  }
  const { payloads, diagnostics } = compile(
    { ...workspace(files), selected: new Set(['calls/b.yaml']) },
    noValues,
  )
  assert.is(payloads[0]?.references?.[0]?.address, 'bridge')
  assert.equal(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  )
})

test('a circle leaves out those that are in it, and names each', () => {
  const made = calls(
    `  a: { ${body('{{calls.b.id}}')} }\n  b: { ${body('{{calls.a.id}}')} }\n  c: { ${body('x')} }\n`,
  )
  const { payloads, diagnostics } = compileFiles(made)
  assert.equal(
    payloads.map(({ address }) => address),
    ['c'],
  )
  assert.equal(
    diagnostics.map(({ code, address }) => [code, address]),
    [
      ['reference/cycle', 'a'],
      ['reference/cycle', 'b'],
    ],
  )
})

test('an unknown name is suggested, and its call left out', () => {
  const made = calls(`${bridge}  a: { ${body('{{calls.brigde.id}}')} }\n`)
  const { payloads, diagnostics } = compileFiles(made)
  assert.is(diagnostics[0]?.hint, 'Did you mean `bridge`?')
  assert.equal(
    payloads.filter(({ address }) => address === 'a'),
    [],
  )
})

test('the placeholder is the same from run to run, so the digest is', () => {
  const made = calls(`${bridge}  a: { ${body('{{calls.bridge.id}}')} }\n`)
  assert.is(compileFiles(made).payloads[1]?.digest, compileFiles(made).payloads[1]?.digest)
})

test('a variable cannot be named calls', () => {
  assert.equal(codesOf({ 'calls/a.yaml': 'variables: { calls: 1 }\ncalls: {}\n' }), ['variable/reserved'])
})

test.run()
