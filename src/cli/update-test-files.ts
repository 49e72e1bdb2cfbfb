import { join } from 'node:path'
import { updateTests } from '../compile/tests/update-tests.js'
import type { TestReport } from '../model/test-report.js'
import type { TestSources } from '../read/read-tests.js'
import { replaceFile } from '../record/replace-file.js'

/** Writes what is so into the place of what was expected; gives the files. Files with mistakes are left alone. */
export function updateTestFiles(root: string, files: TestSources, report: TestReport): readonly string[] {
  const broken = new Set(report.diagnostics.map(({ range }) => range?.source))
  return files.sources.flatMap((source) => {
    if (broken.has(source.path)) return []
    const own = report.results.filter(({ range }) => range.source === source.path)
    const edits = own.flatMap(({ failures }) => failures.flatMap((failure) => failure.edits))
    const text = edits.length === 0 ? undefined : updateTests(source, edits)
    if (text === undefined || text === source.text) return []
    replaceFile(join(root, source.path), text)
    return [source.path]
  })
}
