import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile/compile.js'
import { hasErrors } from '../../src/model/diagnostics/diagnostic.js'
import type { Values } from '../../src/model/language/workspace.js'
import { at, codesOf, compileFiles, bareWorkspace as workspace } from '../helpers/workspace.js'

const callback = 'callbackUri: https://b.example'
const one = (name: string, more = '') => `calls: { ${name}: { call: { ${callback} }${more} } }\n`

const names = suite('names of calls')

const addressesOf = (text: string, values?: Values) =>
  compileFiles({ 'calls/a.yaml': text }, values).payloads.map(({ address }) => address)

names('are the keys of `calls`', () => assert.equal(addressesOf(one('a')), ['a']))
names('may be numbers', () => assert.equal(addressesOf(one('7')), ['7']))
names('may hold expressions', () =>
  assert.equal(addressesOf(`variables: { v: x }\n${one('"a-{{v}}"')}`), ['a-x']),
)
names('may be one expression', () =>
  assert.equal(addressesOf(`variables: { v: x }\n${one('"{{v}}"')}`), ['x']),
)
names('may be one expression that yields a number', () =>
  assert.equal(addressesOf(`variables: { v: 7 }\n${one('"{{v}}"')}`), ['7']),
)
names('may have 128 characters', () => assert.equal(addressesOf(one('a'.repeat(128))), ['a'.repeat(128)]))
names('the first of two equal ones is related', () => {
  const files = { 'calls/a.yaml': one('a'), 'calls/b.yaml': one('A') }
  const [diagnostic] = compileFiles(files).diagnostics
  assert.is(diagnostic?.code, 'definition/duplicate-name')
  assert.equal(
    diagnostic?.related?.map((each) => at(files, each).place),
    ['calls/a.yaml:1:10'],
  )
})

const whole = suite('compile')

whole('calls come in the order of their files', () => {
  const files = {
    'calls/a.yaml': `calls: { z: { call: { ${callback} } }, b: { call: { ${callback} } } }\n`,
    'calls/b.yaml': one('a'),
  }
  assert.equal(
    compileFiles(files).payloads.map(({ address }) => address),
    ['z', 'b', 'a'],
  )
})
whole('only selected files are compiled, and all names are known', () => {
  const files = { 'calls/a.yaml': one('a'), 'calls/b.yaml': one('b') }
  const all = workspace(files)
  const compiled = compile(
    { ...all, selected: new Set(['calls/a.yaml']) },
    { environment: {}, assignments: [] },
  )
  assert.equal(
    compiled.payloads.map(({ address }) => address),
    ['a'],
  )
  assert.equal([...(compiled.definedAddresses ?? [])], ['a', 'b'])
  assert.is(compiled.definitionCounts.get('calls/a.yaml'), 1)
})
whole(
  'mistakes of files that are not selected are none of its business, but then not all names are known',
  () => {
    const files = { 'calls/a.yaml': one('a'), 'calls/b.yaml': 'calls: [\n' }
    const compiled = compile(
      { ...workspace(files), selected: new Set(['calls/a.yaml']) },
      { environment: {}, assignments: [] },
    )
    assert.not.ok(hasErrors(compiled.diagnostics))
    assert.is(compiled.definedAddresses, undefined)
  },
)
whole('a definition that cannot be read leaves names unknown, in files that are not selected too', () => {
  const files = { 'calls/a.yaml': one('a'), 'calls/b.yaml': 'calls: { b: text }\n' }
  const compiled = compile(
    { ...workspace(files), selected: new Set(['calls/a.yaml']) },
    { environment: {}, assignments: [] },
  )
  assert.is(compiled.definedAddresses, undefined)
})
whole('a call with a mistake does not keep others from compiling', () => {
  const files = {
    'calls/a.yaml': `calls: { a: { call: { ${callback}, subjet: x } }, b: { call: { ${callback} } } }\n`,
  }
  const { payloads, diagnostics } = compileFiles(files)
  assert.equal(
    payloads.map(({ address }) => address),
    ['b'],
  )
  assert.is(diagnostics.length, 1)
})
whole('a broken variable of a file fails every call that needs it, and is said once', () => {
  const files = {
    'calls/a.yaml': `variables: { v: "{{nope}}" }
calls:
  a: { call: { ${callback}, subject: "{{v}}" } }
  b: { call: { ${callback}, subject: "{{v}}" } }
  c: { call: { ${callback} } }
`,
  }
  const { payloads, diagnostics } = compileFiles(files)
  assert.equal(
    payloads.map(({ address }) => address),
    ['c'],
  )
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['variable/undefined'],
  )
})
whole('a broken variable inside `with` fails every call that is given it', () => {
  const files = {
    'templates/t.yaml': `variables: { o: { type: object } }\ncall: { ${callback}, subject: "{{json o}}" }\n`,
    'calls/a.yaml': `variables: { v: "{{nope}}" }
calls:
  a: { uses: t, with: { o: { x: "{{v}}" } } }
  b: { uses: t, with: { o: { x: "{{v}}" } } }
`,
  }
  const { payloads, diagnostics } = compileFiles(files)
  assert.equal(payloads, [])
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['variable/undefined'],
  )
})
whole('broken defaults fail every call, and are said once', () => {
  const files = {
    'callctl.yaml': 'defaults: { callbackUri: "{{env.X}}" }\n',
    'calls/a.yaml': 'calls: { a: { call: { subject: x } }, b: { call: {} } }\n',
  }
  const { payloads, diagnostics } = compileFiles(files)
  assert.equal(payloads, [])
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['env/undeclared'],
  )
})
whole('a broken template is said once, and not its calls', () => {
  const files = {
    'templates/t.yaml': 'call: { callbackUri: https://b.example, subject: "{{nope}}" }\n',
    'calls/a.yaml': 'calls: { a: { uses: t }, b: { uses: t } }\n',
  }
  const { payloads, diagnostics } = compileFiles(files)
  assert.equal(payloads, [])
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['variable/undefined'],
  )
})
whole('a template that is no YAML is said once', () => {
  const files = { 'templates/t.yaml': 'call: [\n', 'calls/a.yaml': 'calls: { a: { uses: t } }\n' }
  assert.equal(codesOf(files), ['yaml/syntax'])
})
whole('work is counted call by call', () => {
  const calls = Array.from(
    { length: 400 },
    (_, index) => `  c${index}: { uses: t, with: { s: "-{{big}}" } }\n`,
  )
  const files = {
    'templates/t.yaml': `variables: { s: {} }\ncall: { ${callback}, subject: "{{s}}" }\n`,
    'calls/a.yaml': `variables: { big: ${'x'.repeat(3000)} }\ncalls:\n${calls.join('')}`,
  }
  const { payloads, diagnostics } = compileFiles(files)
  assert.equal(diagnostics, [])
  assert.is(payloads.length, 400)
})
whole('nothing at all compiles to nothing', () => {
  const { payloads, diagnostics, definitionCounts } = compileFiles({})
  assert.equal([payloads, diagnostics, definitionCounts.size], [[], [], 0])
})
whole('a payload tells its template, description and place', () => {
  const files = {
    'templates/t.yaml': `call: { ${callback} }\n`,
    'calls/a.yaml': 'calls: { a: { uses: t, description: what } }\n',
  }
  const [payload] = compileFiles(files).payloads
  assert.is(payload?.template, 't')
  assert.is(payload?.description, 'what')
  assert.equal(at(files, payload!), { place: 'calls/a.yaml:1:10', text: 'a' })
})
whole('a complaint of the schema tells address, pointer and where else to look', () => {
  const files = {
    'templates/t.yaml': `variables: { s: {} }\ncall: { ${callback}, subject: "{{s}}" }\n`,
    'calls/a.yaml': 'calls: { a: { uses: t, with: { s: 5 } } }\n',
  }
  const [diagnostic] = compileFiles(files).diagnostics
  assert.is(diagnostic?.address, 'a')
  assert.is(diagnostic?.pointer, '/subject')
  assert.equal(
    diagnostic?.origin?.variables.map(({ name, level }) => [name, level]),
    [['s', 'with']],
  )
  assert.equal(
    diagnostic?.related?.map((each) => at(files, each).text),
    ['"{{s}}"'],
  )
})

names.run()
whole.run()
