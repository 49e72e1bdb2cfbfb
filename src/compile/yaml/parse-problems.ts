import { createDiagnostic, type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import type { Source } from '../../model/language/source.js'
import { endOfLine, type Lex, unquotedExpressions } from './parse-text.js'

const maximumComplaints = 10

/** The part of a document of `yaml` that tells what is wrong with it. */
interface ParsedText {
  readonly errors: readonly Complaint[]
  readonly warnings: readonly Complaint[]
  readonly directives: {
    readonly yaml: { readonly version: string; readonly explicit?: boolean | undefined }
    readonly tags: Readonly<Record<string, string>>
  }
}

interface Complaint {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

/** What the YAML parser has against a text, in callctl's words. */
export function documentProblems(source: Source, document: ParsedText, lex: Lex): Diagnostic[] {
  const complaints = [...document.errors, ...document.warnings]
  if (complaints.length > 0) {
    const unquoted = unquotedExpressions(source, lex)
    if (unquoted.length > 0) return unquoted
  }
  // One mistake can make hundreds of complaints, and those of the depth limit come last but say it best.
  const tooDeep = complaints.filter((complaint) => complaint.code === 'RESOURCE_EXHAUSTION').slice(0, 1)
  const shown = tooDeep.length > 0 ? tooDeep : complaints.slice(0, maximumComplaints)
  const problems = shown.map((complaint) => yamlProblem(source, complaint))
  const { yaml, tags } = document.directives
  const isForeign = yaml.explicit === true && yaml.version !== '1.2'
  if ((isForeign || Object.keys(tags).length > 1) && !hasErrors(problems)) {
    problems.push(directiveProblem(source, Math.max(source.text.search(/^%/m), 0)))
  }
  return problems
}

const directiveProblem = (source: Source, start: number): Diagnostic =>
  createDiagnostic('yaml/directive', 'Only `%YAML 1.2` may stand here.', {
    range: { source: source.path, start, end: endOfLine(source.text, start) },
    hint: 'Remove the line: every file is read as YAML 1.2.',
  })

const yamlCodes: Partial<Record<string, DiagnosticCode>> = {
  MULTIPLE_DOCS: 'yaml/documents',
  TAG_RESOLVE_FAILED: 'yaml/tag',
  BAD_DIRECTIVE: 'yaml/directive',
  BAD_ALIAS: 'yaml/alias',
  RESOURCE_EXHAUSTION: 'yaml/too-deep',
}

const messages: Partial<Record<DiagnosticCode, string>> = {
  'yaml/documents': 'A file holds one document, not several.',
  'yaml/too-deep': 'Maps and lists are nested too deep.',
}

/** What works instead, where the line tells what was meant. */
function hintFor(text: string, { code, message, pos: [at] }: Complaint): string | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const line = text.slice(start, endOfLine(text, start))
  if (code === 'TAB_AS_INDENT') return 'Indent with spaces: YAML takes no tabs.'
  if (/:\s+'[^']*'[^\s,}\]#]/.test(line) || /-\s+'[^']*'[^\s,}\]#:]/.test(line))
    return "An apostrophe inside single quotes is written twice, `'It''s'`; or use double quotes: `\"It's\"`."
  if (/:\s+"[^"]*"[^\s,}\]#]/.test(line))
    return 'A quote inside double quotes is written `\\"`; or put the text in single quotes.'
  if (/^\s*(?:- )?[\w.$-]+:\s+[^\s"'[{|>&*#][^#]*:(?:\s|$)/.test(line))
    return 'Text with a colon and a space in it needs quotes: `description: "Ring: Adele"`.'
  if (code === 'BAD_INDENT' && message.startsWith('All '))
    return 'What stands beside one another begins in the same column; what stands in it, further right. Use spaces.'
  return undefined
}

function yamlProblem(source: Source, error: Complaint): Diagnostic {
  const code = yamlCodes[error.code] ?? 'yaml/syntax'
  const start = Math.max(Math.min(error.pos[0], source.text.length - 1), 0)
  const end = Math.min(Math.max(error.pos[1], start + 1), source.text.length)
  const hint =
    code === 'yaml/documents' ? 'Keep one document in a file; split this one.' : hintFor(source.text, error)
  return createDiagnostic(code, messages[code] ?? error.message, {
    range: { source: source.path, start, end },
    ...(hint !== undefined && { hint }),
  })
}
