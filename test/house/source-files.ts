// The repository's own files as text, for rules that are tests.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** What is built, installed or git's own. */
const notOurs = new Set(['node_modules', 'dist', '.test-build', '.git', '.callctl', 'compiled'])

/** Every text file below a folder. */
export function listSourceFiles(folder: string, form = /./): readonly SourceFile[] {
  const found: SourceFile[] = []
  for (const entry of readdirSync(join(process.cwd(), folder), { withFileTypes: true })) {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory() && !notOurs.has(entry.name)) found.push(...listSourceFiles(path, form))
    else if (entry.isFile() && form.test(path) && !/\.generated\.js$|\.cpuprofile$/.test(path))
      found.push({ path, text: readFileSync(join(process.cwd(), path), 'utf8') })
  }
  return found
}

export const sources = (): readonly SourceFile[] => listSourceFiles('src', /(?<!\.d)\.ts$/)

/** Without comments and without what stands in quotes. */
export const codeOf = (text: string): string =>
  text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/(^|\s)\/\/.*$/gm, '')

/** What a file imports, types included, as it is written there. */
export const importsOf = ({ text }: SourceFile): readonly string[] =>
  [...text.matchAll(/(?:^(?:import|export)\b[^'"]*?\bfrom |^import |\bimport\()'([^']+)'/gm)].map(
    (match) => match[1]!,
  )
