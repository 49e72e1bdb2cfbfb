import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commands } from '../../src/cli/command.js'
import { type Block, blocksOf, pagePaths, readPage, replaceBlocks, withoutBlocks } from './pages.js'

// What pages show is run: ```console blocks, whose output is compared (`UPDATE=1` rewrites it), the files that a reader
// is to write (```yaml PATH), and in pages of steps the ```sh blocks. Each page has a folder of its own.

const test = suite('docs/outputs')
const isUpdating = process.env['UPDATE'] === '1'
const bundle = resolve('dist/callctl.cjs')

/** Pages of steps: they begin in an empty folder, and are followed word by word. */
const pagesOfSteps: readonly string[] = ['docs/getting-started.md']

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

interface Desk {
  readonly folder: string
  run(script: string): { readonly status: number | null; readonly output: string }
}

/** `npx callctl` and `callctl` are the built program, `npm` installs a link to this repository, and git knows one person. */
function withDesk<Result>(isEmpty: boolean, use: (desk: Desk) => Result): Result {
  const root = mkdtempSync(join(tmpdir(), 'callctl-docs-'))
  const [bin, folder] = [join(root, 'bin'), join(root, 'calls-of-contoso')]
  for (const each of [bin, folder]) mkdirSync(each)
  const programs = {
    callctl: `exec "${process.execPath}" "${bundle}" "$@"`,
    npx: 'exec "$@"',
    npm: `mkdir -p node_modules && ln -sfn "${resolve('.')}" node_modules/callctl`,
  }
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  if (!isEmpty)
    for (const name of ['callctl.yaml', 'templates', 'calls'])
      cpSync(name, join(folder, name), { recursive: true })
  const who = { NAME: 'Robin', EMAIL: 'robin@contoso.com' }
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: root,
    TMPDIR: root,
    GIT_CONFIG_NOSYSTEM: '1',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) =>
        Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
      ),
    ),
  }
  const run = (script: string) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env,
    })
    return { status, output: stdout + stderr }
  }
  try {
    return use({ folder, run })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** A `console` block: commands after `$ `, each with what it prints. */
const turnsOf = (block: string): readonly (readonly [string, string])[] =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((turn) => [turn.slice(0, turn.indexOf('\n')), turn.slice(turn.indexOf('\n') + 1)] as const)

/** A block of a page, done as a reader does it; the block as it should be. */
function follow(block: Block, isStep: boolean, { folder, run }: Desk): string {
  const { language, path, text } = block
  if (path !== undefined) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  } else if (language === 'sh' && isStep) {
    const { status, output } = run(`set -e\n${text}`)
    assert.is(status, 0, `${text}${output}`)
  } else if (language === 'console') {
    const turns = turnsOf(text).map(([command, shown]) => {
      const { output } = run(command)
      const isSame = normalize(output) === normalize(shown)
      if (!isUpdating) assert.fixture(normalize(output), normalize(shown), command)
      return `$ ${command}\n${isSame ? shown : output}`
    })
    return turns.join('')
  }
  return text
}

for (const page of pagePaths()) {
  if (!blocksOf(readPage(page)).some(({ language }) => language === 'console')) continue
  test(`${page} shows what its commands print`, () => {
    const isStep = pagesOfSteps.includes(page)
    const updated = withDesk(isStep, (desk) =>
      replaceBlocks(readPage(page), (block) => follow(block, isStep, desk)),
    )
    if (isUpdating && updated !== readPage(page)) writeFileSync(page, updated)
  })
}

test('what README says to type does what it says', () => {
  for (const { language, text } of blocksOf(readPage('README.md'))) {
    if (language !== 'sh') continue
    // The quick start is typed in a clone of this repository, what makes a workspace in an empty folder.
    withDesk(text.includes('callctl init'), ({ run }) => {
      const { status, output } = run(`set -e\n${text}`)
      assert.is(status, 0, `${text}${output}`)
    })
  }
})

test('the definitions of docs/templates.md compile over the stock templates', () => {
  const blocks = blocksOf(readPage('docs/templates.md')).filter(({ language }) => language === 'yaml')
  assert.ok(blocks.length > 0)
  withDesk(true, ({ folder, run }) => {
    for (const name of ['callctl.yaml', 'templates']) cpSync(name, join(folder, name), { recursive: true })
    mkdirSync(join(folder, 'calls'))
    for (const [index, { text }] of blocks.entries())
      writeFileSync(join(folder, 'calls', `${index}.yaml`), text)
    const { status, output } = run('callctl validate --strict')
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
    .filter((line) => /^callctl /.test(line))
}

/** What no command of the program would take: an unknown command, or an option that it does not have. */
function mistakesOf(line: string): readonly string[] {
  const [, name = '', ...words] = line.split(/\s+/)
  if (name === '--version' || /^[A-Z…]/.test(name)) return []
  const command = commands[name]
  if (command === undefined) return [line]
  const options = words.flatMap((word) => /^\[?--([a-z-]+)/.exec(word)?.[1] ?? [])
  return options
    .filter((option) => !Object.hasOwn(command.options, option))
    .map((option) => `${line}: --${option}`)
}

for (const page of pagePaths()) {
  test(`${page} names commands and options that there are`, () => {
    assert.equal(typedIn(readPage(page)).flatMap(mistakesOf), [])
  })
}

test.run()
