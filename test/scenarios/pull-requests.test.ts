import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Entry } from '../../src/model/record/lockfile.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { callctl } from '../helpers/callctl.js'
import { type TestRepository, withRepository } from '../helpers/repository.js'
import { baseFiles, type Edit, isPlaced, type PullRequest, pullRequests } from './pull-request-cases.js'

// What reviewers are shown: `callctl diff` over real git repositories, a golden folder for each pull request.
// `UPDATE=1` rewrites them; then read the difference.

const test = suite('pull requests')
const folder = join(process.cwd(), 'test', 'scenarios', 'pull-requests')
const isUpdate = process.env['UPDATE'] === '1'
const formats = { text: 'txt', markdown: 'md', json: 'json' } as const

for (const pullRequest of pullRequests) {
  test(pullRequest.name, async () => {
    await withRepository({}, async (repository) => {
      await commitBase(repository)
      if (pullRequest.before !== undefined) commitEdits(repository, pullRequest.before)
      repository.git('switch', '-q', '-c', 'topic')
      commitEdits(repository, pullRequest.edits)
      const names = Object.keys(formats) as (keyof typeof formats)[]
      const shown = await Promise.all(names.map((format) => show(repository, pullRequest, format)))
      for (const [index, { code, stdout }] of shown.entries()) {
        const format = names[index]!
        assert.is(code, pullRequest.exitCode ?? 0, stdout)
        assert.not.match(stdout, 'canary')
        compareGolden(`${pullRequest.name}.${formats[format]}`, format === 'json' ? shorten(stdout) : stdout)
      }
    })
  })
}

/** Compiled once: the same files have the same lockfile. */
const bases: Promise<string>[] = []

async function commitBase(repository: TestRepository): Promise<void> {
  for (const [path, text] of Object.entries(baseFiles)) repository.write(path, text)
  if (bases.length === 0) bases.push(lockfileOf(repository))
  repository.commit({ 'calls.lock.json': await bases[0]! }, 'base')
}

async function lockfileOf({ folder: cwd }: TestRepository): Promise<string> {
  const { stdout } = await callctl(['compile', '--format', 'ndjson'], { cwd })
  const payloads = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { address: string; digest: string; endpoint: string })
  const entries = payloads
    .filter(({ address }) => isPlaced(address))
    .map((payload, index): [string, Entry] => [payload.address, entryOf(payload, index)])
  const lineage = '00000000-0000-4000-8000-000000000001'
  return formatLockfile({ lockfileVersion: 1, lineage, calls: Object.fromEntries(entries) })
}

const entryOf = ({ digest, endpoint }: { digest: string; endpoint: string }, index: number): Entry => {
  const tail = String(index).padStart(12, '0')
  return {
    state: 'placed',
    callId: `c0000000-0000-4000-8000-${tail}`,
    digest,
    attempt: `d0000000-0000-4000-8000-${tail}`,
    endpoint,
    placedAt: '2026-01-01T00:00:00.000Z',
    evidence: 'http-201',
  }
}

function commitEdits(repository: TestRepository, edits: Readonly<Record<string, Edit>>): void {
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === null) repository.remove(path)
    else if (typeof edit === 'string') repository.write(path, edit)
    else repository.write(path, edit(readFileSync(join(repository.folder, path), 'utf8')))
  }
  repository.commit()
}

const show = ({ folder: cwd }: TestRepository, { words = [], environment }: PullRequest, format: string) =>
  callctl(['diff', 'main', 'topic', '--format', format, ...words], {
    cwd,
    ...(environment !== undefined && { environment }),
  })

/** Of a long list the first three, and how many there are: two hundred payloads say no more than three. */
function shorten(text: string): string {
  const cut = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const shown = value.slice(0, value.length > 12 ? 3 : 12).map(cut)
      return value.length > 12 ? [...shown, `… ${value.length} in all`] : shown
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cut(each)]))
  }
  return `${JSON.stringify(cut(JSON.parse(text)), null, 2)}\n`
}

function compareGolden(name: string, text: string): void {
  const path = join(folder, name)
  if (isUpdate) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  } else {
    assert.ok(existsSync(path), `${name} is not there: UPDATE=1 writes it`)
    assert.fixture(text, readFileSync(path, 'utf8'))
  }
}

test.run()
