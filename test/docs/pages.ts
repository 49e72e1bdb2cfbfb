// The pages that people read: README, docs/ and what lies beside them. What tests ask of them is found here.

import { readdirSync, readFileSync } from 'node:fs'

const atTheDoor = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'findings/README.md', 'schema/README.md']

/** Every page, by its path from the root of the repository. */
export const pagePaths = (): readonly string[] => [
  ...atTheDoor,
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

export const readPage = (path: string): string => readFileSync(path, 'utf8')

export interface Block {
  /** What follows the opening fence: a language, and for a file that the reader is to write, its path. */
  readonly language: string
  readonly path: string | undefined
  readonly text: string
}

const fenced = /^```(\S*)(?: (\S+))?\n([\s\S]*?)^```$/gm

/** The fenced blocks of a page, in their order. */
export const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(fenced)].map(([, language, path, body]) => ({ language: language!, path, text: body! }))

/** The page with other text in its blocks. */
export function replaceBlocks(page: string, change: (block: Block, index: number) => string): string {
  let index = 0
  return page.replace(fenced, (_, language: string, path: string | undefined, text: string) => {
    const changed = change({ language, path, text }, index)
    index += 1
    return `\`\`\`${path === undefined ? language : `${language} ${path}`}\n${changed}\`\`\``
  })
}

export const withoutBlocks = (text: string): string => text.replace(fenced, '')

/** The anchors that a page has, as GitHub makes them from its headings. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [, heading] of withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-')
    let unique = slug
    for (let turn = 1; found.has(unique); turn += 1) unique = `${slug}-${turn}`
    found.add(unique)
  }
  return found
}

/** Where the links of a page lead, but for those to other sites. */
export const linksOf = (text: string): readonly string[] =>
  [
    ...withoutBlocks(text)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))

/** The first table that follows a heading, as text. */
export function tableAfter(page: string, heading: string): string {
  const text = readPage(page)
  const from = `\n${text}`.indexOf(`\n${heading}\n`)
  if (from < 0) throw new Error(`${page} has no heading "${heading}"`)
  const start = text.indexOf('\n| ', from) + 1
  return text.slice(start, text.indexOf('\n\n', start))
}
