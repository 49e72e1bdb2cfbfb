import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reviewFormats } from '../../../src/cli/files/review-formats.js'
import { formatReviewMarkdown } from '../../../src/report/review/review-markdown.js'
import { hostileTexts } from '../hostile-texts.js'
import { parseShape, readShape } from './markdown-shape.js'
import { reviewOf, sourcesOf } from './review-samples.js'

// Each hostile text stands in every place of a review that can hold a text, and is shown in every format.

const test = suite('injection')

async function write(format: string, text: string): Promise<string> {
  const pieces = await reviewFormats[format]!(reviewOf(text), {
    sources: sourcesOf(text),
    folder: '',
    version: '1.2.3',
    look: { hasColor: false, columns: 80 },
  })
  return [...pieces].join('')
}

const controls = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\u3164/u
/** As the agents of GitHub and of Azure Pipelines look for commands. */
const hasLogCommand = (line: string): boolean =>
  /##\[|##vso\[/i.test(line) || line.trimStart().startsWith('::')

/** What holds of every format, whatever it is. */
function assertInert(name: string, printed: string): void {
  assert.is(controls.exec(printed), null, `${name}: a character that acts or hides`)
  for (const line of printed.split('\n')) assert.not.ok(hasLogCommand(line), `${name}: ${line.slice(0, 200)}`)
}

test('there are at least 40 hostile texts', () => {
  assert.ok(hostileTexts.size >= 40)
})

test('in Markdown all of it stands in code, and nothing around it changes', () => {
  // With room for all of it, so that long texts leave nothing out.
  const writeAll = (text: string) => formatReviewMarkdown(reviewOf(text), 1_000_000)
  const benign = writeAll('x')
  for (const [name, text] of hostileTexts) {
    const printed = writeAll(text)
    assertInert(name, printed)
    assert.equal(readShape(printed), readShape(benign), name)
    assert.equal(parseShape(printed), parseShape(benign), name)
  }
})

test('in Markdown the marker stands once, at the start', async () => {
  for (const text of hostileTexts.values()) {
    const printed = await write('markdown', text)
    assert.ok(printed.startsWith('<!-- callctl review -->\n\n'))
    const outside = readShape(printed).join('\n')
    assert.is(outside.split('<!--').length, 2)
  }
})

test('annotations of GitHub stay one line each, and no other command is in them', async () => {
  for (const [name, text] of hostileTexts) {
    const lines = (await write('github', text)).split('\n')
    assert.is(lines.length, 5, name)
    assert.match(lines[0]!, /^::error file=[^:,]*,[^:]*title=record\/edited::/)
    assert.match(lines[1]!, /^::warning file=[^:,]*,[^:]*title=record\/changed::/)
    assert.match(
      lines[2]!,
      /^::error file=[^:,]*,line=1,endLine=\d,(col=1,endColumn=\d,)?title=template\/unknown::/,
    )
    assert.match(lines[3]!, /^::notice title=callctl::[^\n]*$/)
    for (const line of lines) {
      assert.is(controls.exec(line), null, name)
      assert.not.match(line, /##\[|##vso\[/i, name)
    }
  }
})

/** All texts of a JSON value, and names of properties. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsIn(each)])
}

for (const format of ['json', 'sarif']) {
  test(`in ${format} a text is data, whole and inert`, async () => {
    const shape = (printed: string): number => textsIn(JSON.parse(printed)).length
    const benign = await write(format, 'x')
    for (const [name, text] of hostileTexts) {
      const printed = await write(format, text)
      assertInert(name, printed)
      assert.not.match(printed, /<\/|<!/, name)
      if (text !== '__proto__') assert.is(shape(printed), shape(benign), name)
      assert.ok(
        textsIn(JSON.parse(printed)).some((each) => each === text),
        name,
      )
    }
  })
}

test('in text a text of users acts on no terminal and is no command', async () => {
  for (const [name, text] of hostileTexts) assertInert(name, await write('text', text))
})

test('in SARIF paths are escaped, and no message has a link', async () => {
  for (const [name, text] of hostileTexts) {
    const log = JSON.parse(await write('sarif', text)) as { runs: { results: unknown[] }[] }
    const uris = JSON.stringify(log.runs[0]!.results).match(/"uri":"[^"]*"/g) ?? []
    for (const uri of uris) assert.match(uri, /^"uri":"[\w./%!'()*~-]*"$/, name)
    const messages = JSON.stringify(log.runs[0]!.results).match(/"message":\{"text":"(?:[^"\\]|\\.)*"/g) ?? []
    for (const message of messages) assert.not.match(message, /\]\(/, name)
  }
})

test.run()
