import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type CompletionNames, completeLine } from '../../../src/cli/completion/complete-words.js'
import { commands } from '../../../src/cli/table/commands.js'

const test = suite('complete words')

const names: CompletionNames = {
  addresses: () => ['bridge', 'bridge@INC-1', 'ping'],
  stock: () => ['group-call', 'p2p-voip'],
  codes: () => ['yaml/tag', 'yaml/alias'],
  environments: () => ['staging'],
  schemas: () => ['calls', 'call-v1.0'],
  templates: () => ['p2p-voip'],
  variables: () => ['incident'],
}
const complete = (line: string): readonly string[] =>
  completeLine(line, commands, names).map(({ word }) => word)

test('commands', () => {
  assert.equal(complete('callctl val'), ['validate'])
  assert.ok(complete('callctl ').includes('apply'))
  assert.equal(complete('callctl help comp'), ['completion', 'compile'])
})

test('options, with what they do', () => {
  assert.equal(complete('callctl plan --on'), ['--only'])
  const [only] = completeLine('callctl plan --on', commands, names)
  assert.match(only!.meaning!, /addresses/)
})

test('addresses, also those with a value', () => {
  assert.equal(complete('callctl status br'), ['bridge', 'bridge@INC-1'])
  assert.equal(complete('callctl hangup bridge@'), ['bridge@INC-1'])
  assert.equal(complete('callctl status ping --json b'), ['bridge', 'bridge@INC-1'])
})

test('values of options, before and after `=`', () => {
  assert.equal(complete('callctl plan --only p'), ['ping'])
  assert.equal(complete('callctl plan --only=p'), ['--only=ping'])
  assert.equal(complete('callctl plan --var '), ['incident='])
  assert.equal(complete('callctl plan --env '), ['staging'])
})

test('formats, as help lists them', () => {
  assert.equal(complete('callctl validate --format '), ['text', 'json', 'github', 'sarif'])
  assert.equal(complete('callctl compile --format '), ['payloads', 'ndjson', 'json'])
})

test('codes, schemas, shells and words of a usage', () => {
  assert.ok(complete('callctl explain yaml/t').includes('yaml/tag'))
  assert.equal(complete('callctl schema calls'), ['calls'])
  assert.equal(complete('callctl completion f'), ['fish'])
  assert.ok(complete('callctl lock ').includes('show'))
})

test('stock templates', () => {
  assert.equal(complete('callctl template add gr'), ['group-call'])
  assert.equal(complete('callctl init --template p2p'), ['p2p-voip'])
})

test('files are left to the shell', () => {
  assert.equal(complete('callctl plan calls/'), [])
  assert.equal(complete('callctl plan --var-file '), [])
  assert.equal(complete('callctl nonsense '), [])
})

test('every option of every command is in its help', () => {
  for (const [name, { help, options }] of Object.entries(commands)) {
    const shown = help.map(([option]) => option.split(' ')[0])
    for (const option of Object.keys(options)) assert.ok(shown.includes(`--${option}`), `${name} --${option}`)
  }
})

test.run()
