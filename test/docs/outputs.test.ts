import { writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commands } from '../../src/cli/table/commands.js'
import { parseFaults, startSimulator } from '../../src/simulator/simulator.js'
import { type Desk, withDesk } from './desk.js'
import { type Block, blocksOf, pagePaths, readPage, replaceBlocks, withoutBlocks } from './pages.js'

// What pages show is run: ```console blocks, whose output is compared (`UPDATE=1` rewrites it), the files that a reader
// is to write (```yaml PATH), and in pages of steps the ```sh blocks. Each page has a folder of its own.

const test = suite('docs/outputs')
const isUpdating = process.env['UPDATE'] === '1'

/** This repository as a workspace. */
const workspace = ['callctl.yaml', 'templates', 'calls']

/** Pages of steps: they begin in an empty folder, and are followed word by word. */
const pagesOfSteps: readonly string[] = ['docs/getting-started.md']

/** Where pages have a simulator that loses every answer. */
const written = 'http://127.0.0.1:8790'

/** What differs from run to run: ids of calls, how far they are, times, commits, and the order in which calls end. */
const normalize = (text: string): string =>
  text
    .replace(/(?:^(?:placed|ended) .*\n)+/gm, (lines) =>
      lines.replace(/ \S+$/gm, '').split('\n').sort().join('\n'),
    )
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>')
    .replace(/\([0-9a-f]{12}\)/g, '(<commit>)')
    .replace(/\b(?:establishing|ringing|established) */g, '<live> ')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>')

/** A `console` block: commands after `$ `, each with what it prints. */
const turnsOf = (block: string): readonly (readonly [string, string])[] =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((turn) => [turn.slice(0, turn.indexOf('\n')), turn.slice(turn.indexOf('\n') + 1)] as const)

/** A `console` block as it should be. */
async function converse(text: string, { run }: Desk, server: string): Promise<string> {
  const turns: string[] = []
  for (const [command, shown] of turnsOf(text)) {
    const output = (await run(command.replace(written, server))).output.replaceAll(server, written)
    if (!isUpdating) assert.fixture(normalize(output), normalize(shown), command)
    turns.push(`$ ${command}\n${normalize(output) === normalize(shown) ? shown : output}`)
  }
  return turns.join('')
}

/** A block of a page, done as a reader does it; the block as it should be. */
async function follow(block: Block, isStep: boolean, desk: Desk, server: string): Promise<string> {
  const { language, path, text } = block
  if (language === 'console') return converse(text, desk, server)
  if (path !== undefined) desk.write(path, text)
  else if (language === 'sh' && isStep) {
    const { status, output } = await desk.run(`set -e\n${text}`)
    assert.is(status, 0, `${text}${output}`)
  }
  return text
}

async function followPage(page: string): Promise<void> {
  const isStep = pagesOfSteps.includes(page)
  const text = readPage(page)
  const simulator = text.includes(written)
    ? await startSimulator({ faults: parseFaults('lost-answer=1') })
    : undefined
  try {
    await withDesk(isStep ? [] : workspace, async (desk) => {
      const blocks: string[] = []
      for (const block of blocksOf(text))
        blocks.push(await follow(block, isStep, desk, simulator?.url ?? written))
      const updated = replaceBlocks(text, (_, index) => blocks[index]!)
      if (isUpdating && updated !== text) writeFileSync(page, updated)
    })
  } finally {
    await simulator?.close()
  }
}

for (const page of pagePaths())
  if (blocksOf(readPage(page)).some(({ language }) => language === 'console'))
    test(`${page} shows what its commands print`, () => followPage(page))

test('what README says to type does what it says', async () => {
  for (const { language, text } of blocksOf(readPage('README.md'))) {
    if (language !== 'sh') continue
    // The quick start is typed in a clone of this repository, what makes a workspace in an empty folder.
    await withDesk(text.includes('callctl init') ? [] : workspace, async ({ run }) => {
      const { status, output } = await run(`set -e\n${text}`)
      assert.is(status, 0, `${text}${output}`)
    })
  }
})

test('the definitions of docs/templates.md compile over the stock templates', async () => {
  const blocks = blocksOf(readPage('docs/templates.md')).filter(({ language }) => language === 'yaml')
  assert.ok(blocks.length > 0)
  await withDesk(['callctl.yaml', 'templates'], async ({ write, run }) => {
    for (const [index, { text }] of blocks.entries()) write(`calls/${index}.yaml`, text)
    const { status, output } = await run('callctl validate --strict')
    assert.is(status, 0, output)
  })
})

/** Every `callctl …` that a page tells to type, in a block of its own or within a sentence. */
function typedIn(text: string): readonly string[] {
  const lines = blocksOf(text)
    .filter(({ language }) => ['sh', 'console', 'yaml'].includes(language))
    .flatMap((block) => block.text.split('\n'))
    .flatMap((line) => line.split(/&&|\|\||;|#/))
    .map((line) => line.replace(/^[\s$]*(?:- )?(?:[a-z]+: )?/, ''))
  const spoken = [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
  return [...lines, ...spoken]
    .map((line) => line.replace(/^npx /, ''))
    .filter((line) => /^callctl (?!help|--version|[A-Z…])/.test(line))
}

/** What the program would not take: an unknown command, or options that it does not have. */
function mistakesOf(line: string): readonly string[] {
  const [, name = '', ...words] = line.split(/\s+/)
  const command = commands[name]
  if (command === undefined) return [line]
  return words
    .flatMap((word) => /^\[?--([a-z-]+)/.exec(word)?.[1] ?? [])
    .filter((option) => !Object.hasOwn(command.options, option))
    .map((option) => `${line}: --${option}`)
}

for (const page of pagePaths()) {
  test(`${page} names commands and options that there are`, () => {
    assert.equal(typedIn(readPage(page)).flatMap(mistakesOf), [])
  })
}

test.run()
