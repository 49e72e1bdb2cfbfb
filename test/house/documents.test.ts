import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anchorsOf, linksOf, pagePaths, readPage } from '../docs/pages.js'
import { listSourceFiles } from './source-files.js'

const test = suite('documents')

test('README has at most 12 KB: whoever comes new reads it to its end. Move what is more into a page of docs/', () => {
  assert.ok(Buffer.byteLength(readPage('README.md')) <= 12 * 1024)
})

test('README leads to every page: what nothing leads to is not found', () => {
  const linked = new Set(linksOf(readPage('README.md')).map((target) => target.split('#')[0]))
  assert.equal(
    pagePaths().filter((path) => path.startsWith('docs/') && !linked.has(path)),
    [],
  )
})

/** A link that leads nowhere, or to a heading that its page does not have. */
function isBroken(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const path = file === '' ? page : normalize(join(dirname(page), file))
  if (!existsSync(path)) return true
  return anchor !== undefined && !(path.endsWith('.md') && anchorsOf(readPage(path)).has(anchor))
}

test('every link of a page leads somewhere, headings included: give the new name where one was renamed', () => {
  assert.equal(
    pagePaths().flatMap((page) =>
      linksOf(readPage(page))
        .filter((link) => isBroken(page, link))
        .map((link) => `${page}: ${link}`),
    ),
    [],
  )
})

test('what comments and messages cite of docs/ is there, by file or by file and heading', () => {
  const cited = ['src', 'test', 'schema', '.github', '.ci']
    .flatMap((folder) => listSourceFiles(folder))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\bdocs\/[\w-]+\.md(?:#[\w-]+)?/g)]
        .filter(([link]) => isBroken('README.md', link!))
        .map(([link]) => `${path}: ${link}`),
    )
  assert.equal(cited, [])
})

test('comments cite nothing that the repository lacks: what a note outside says belongs into docs/', () => {
  const outside = /\b(?:FACTS|DESIGN|RELIABILITY|GUARDS|STYLE|ROOMS)\b(?! =)/
  const citing = ['src', 'test', 'schema'].flatMap((folder) =>
    listSourceFiles(folder, /\.(?:[cm]?js|ts|json|md)$/),
  )
  assert.equal(
    citing
      .filter(({ path, text }) => path !== 'test/house/documents.test.ts' && outside.test(text))
      .map(({ path }) => path),
    [],
  )
})

/** Whether `files` of package.json has it, as a file or beneath a folder. */
function isShipped(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const form = pattern.replace(/[.+^$()|[\]{}]/g, '\\$&').replaceAll('*', '[^/]*')
    return new RegExp(`^${form}(?:/|$)`).test(path)
  })
}

test('pages that the package ships lead to files that it ships: list them in `files`, or name them without a link', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: readonly string[] }
  const shipped = pagePaths().filter((path) => isShipped(path, files))
  assert.ok(shipped.includes('README.md'))
  const missing = shipped.flatMap((page) =>
    linksOf(readPage(page))
      .map((link) => link.split('#')[0]!)
      .filter((file) => file !== '')
      .map((file) => normalize(join(dirname(page), file)))
      .filter((path) => !isShipped(path, files))
      .map((path) => `${page}: ${path}`),
  )
  assert.equal(missing, [])
})

test.run()
