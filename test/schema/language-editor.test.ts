import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LanguageServer, type Position, type Squiggle } from './language-server.js'

// What an editor shows, asked of the real yaml-language-server.

const test = suite('schemas in an editor')
const server = new LanguageServer()
let count = 0

/** A file that is edited, with `|` where the cursor is. */
async function edit(schema: string, marked: string) {
  count += 1
  const path = join(process.cwd(), 'test', 'schema', `edited-${count}.yaml`)
  const head = `# yaml-language-server: $schema=../../schema/${schema}.json\n`
  const before = (head + marked.split('|')[0]!).split('\n')
  const cursor = { line: before.length - 1, character: before.at(-1)!.length }
  const text = head + marked.replace('|', '')
  return { path, cursor, text, squiggles: await server.open(path, text) }
}

const textAt = (text: string, { range }: Squiggle): string => {
  const lines = text.split('\n')
  const offset = ({ line, character }: Position) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character)
  return text.slice(offset(range.start), offset(range.end))
}

test.before(() => server.start())
test.after(() => server.stop())

const calls = (lines: string) => `calls:\n  ping:\n    call:\n${lines}`

test('properties of a call are completed', async () => {
  const { path, cursor } = await edit('calls', calls('      subj|'))
  const labels = await server.complete(path, cursor)
  assert.ok(labels.includes('subject'), String(labels))
  assert.ok(labels.includes('mediaConfig'), String(labels))
})

test('what the server sets is not offered', async () => {
  const { path, cursor } = await edit('calls', calls('      s|'))
  const labels = await server.complete(path, cursor)
  assert.not.ok(labels.includes('state'), String(labels))
})

test('members of an enumeration are completed', async () => {
  const { path, cursor } = await edit('calls', calls('      requestedModalities:\n        - |'))
  const labels = await server.complete(path, cursor)
  assert.ok(labels.includes('audio') && labels.includes('video'), String(labels))
})

test('members of an enumeration are completed after a key', async () => {
  const { path, cursor } = await edit('calls', calls('      direction: |'))
  assert.ok((await server.complete(path, cursor)).includes('outgoing'))
})

test('the types of an abstract object are completed', async () => {
  const { path, cursor } = await edit('calls', calls('      mediaConfig:\n        "@odata.type": |'))
  const labels = await server.complete(path, cursor)
  assert.ok(
    labels.some((label) => label.includes('serviceHostedMediaConfig')),
    String(labels),
  )
})

test('a snippet gives a person to ring', async () => {
  const { path, cursor } = await edit('calls', calls('      targets:\n        - |'))
  const labels = await server.complete(path, cursor)
  assert.ok(labels.includes('person'), String(labels))
})

test('keys of a definition are completed', async () => {
  const { path, cursor } = await edit('calls', 'calls:\n  ping:\n    u|')
  const labels = await server.complete(path, cursor)
  assert.ok(
    ['uses', 'with', 'oncePer', 'forEach'].every((key) => labels.includes(key)),
    String(labels),
  )
})

test('keys of a declaration are completed', async () => {
  const { path, cursor } = await edit('template', 'variables:\n  topic:\n    m|\ncall: {}\n')
  const labels = await server.complete(path, cursor)
  assert.ok(labels.includes('maxLength'), String(labels))
})

test('keys of callctl.yaml are completed', async () => {
  const { path, cursor } = await edit('workspace', 'version: 1\nlim|')
  assert.ok((await server.complete(path, cursor)).includes('limits'))
})

test('a property says what it is', async () => {
  const { path, cursor } = await edit('calls', calls('      callback|Uri: https://bot.contoso.com\n'))
  assert.match(await server.hover(path, cursor), /notification/)
})

test('a wrong member of an enumeration is marked where it stands', async () => {
  const { text, squiggles } = await edit('calls', calls('      direction: sideways\n'))
  assert.equal(
    squiggles.map((each) => textAt(text, each)),
    ['sideways'],
  )
})

test('a misspelt property is marked where it stands', async () => {
  const { text, squiggles } = await edit('calls', calls('      subjet: x\n'))
  assert.equal(
    squiggles.map((each) => textAt(text, each)),
    ['subjet'],
  )
})

test('text for a number is marked, and the message names what is needed', async () => {
  const { text, squiggles } = await edit('calls', calls('      ringingTimeoutInSeconds: soon\n'))
  assert.equal(
    squiggles.map((each) => textAt(text, each)),
    ['soon'],
  )
  assert.match(squiggles[0]!.message, /integer/)
})

test('expressions and directives are taken everywhere', async () => {
  const lines = [
    'subject: "{{topic}}"',
    'direction: "{{way}}"',
    'ringingTimeoutInSeconds: "{{seconds}}"',
    'requestedModalities: "{{modalities}}"',
    'mediaConfig: "{{media}}"',
    'tenantId: { $if: "{{tenantId}}", $then: "{{tenantId}}" }',
    'targets:',
    '  $each: "{{people}}"',
    '  $as: p',
    '  $do: { identity: { user: { id: "{{p.id}}" } } }',
    'callOptions:',
    '  $if: "{{share}}"',
    '  $then: { "@odata.type": "#microsoft.graph.outgoingCallOptions", isContentSharingNotificationEnabled: true }',
  ]
  const { squiggles } = await edit('calls', calls(lines.map((line) => `      ${line}\n`).join('')))
  assert.equal(squiggles, [])
})

test('what the server sets is pointed out', async () => {
  const { text, squiggles } = await edit('calls', calls('      state: established\n'))
  assert.equal(
    squiggles.map((each) => textAt(text, each)),
    ['state: established'],
  )
})

test('an unknown level of a lint is marked', async () => {
  const { text, squiggles } = await edit('workspace', 'lints:\n  schema/unknown-property: warning\n')
  assert.equal(
    squiggles.map((each) => textAt(text, each)),
    ['warning'],
  )
})

test.run()
