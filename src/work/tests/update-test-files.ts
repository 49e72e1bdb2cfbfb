import { updateTests } from '../../compile/expectations/update-tests.js'
import type { TestReport } from '../../model/language/test-report.js'
import type { TestSources } from '../../read/read-tests.js'
import { joinReal } from '../../record/disk/real-path.js'
import { replaceFile } from '../../record/disk/replace-file.js'

/** Writes what is so into the place of what was expected; gives the files. Files with mistakes are left alone. */
export function updateTestFiles(root: string, files: TestSources, report: TestReport): readonly string[] {
  const broken = new Set(report.diagnostics.map(({ range }) => range?.source))
  const updated = files.sources.flatMap((source) => {
    if (broken.has(source.path)) return []
    const own = report.results.filter(({ range }) => range.source === source.path)
    const edits = own.flatMap(({ failures }) => failures.flatMap((failure) => failure.edits))
    const text = edits.length === 0 ? undefined : updateTests(source, edits)
    if (text === undefined || text === source.text) return []
    return [{ path: source.path, real: joinReal(root, source.path.split('/'), 'usage'), text }]
  })
  for (const { real, text } of updated) replaceFile(real, text)
  return updated.map(({ path }) => path)
}
