import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote, type Words } from '../../model/diagnostics/wording.js'
import type { DefinitionFile } from '../../model/language/definition.js'
import type { MapEntry } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { Values, Workspace } from '../../model/language/workspace.js'
import type { VariableOrigin } from '../../model/payload.js'
import type { Reporter } from '../base/reporter.js'
import { separatorWords } from '../data/csv.js'
import { type DataFile, dataExtensions, readData } from '../data/data.js'
import { Fields } from '../language/fields.js'
import type { BoundTemplate } from './bind-template.js'
import { type FileScope, type NamedData, openScope } from './file-scope.js'
import type { Surroundings } from './variables.js'

/** The scope of each file of definitions, with the lists that it reads. */
export class FileScopes {
  readonly dataTexts = new Map<string, string>()
  /** Lists that may be read though git ignores them: the file by the list's own file and name. */
  readonly untracked = new Map<string, string>()
  /** Those of them that a commit does not have, for whoever reviews it. */
  readonly unseen = new Set<string>()
  /** Of files that are closed. */
  readonly #unused: Diagnostic[] = []
  readonly #scopes = new Map<DefinitionFile, FileScope>()
  readonly #declared = new Map<DefinitionFile, Set<string>>()
  readonly #files = new Map<string, DataFile | undefined>()

  constructor(
    private readonly workspace: Workspace,
    private readonly values: Values,
    private readonly surroundings: Surroundings,
    private readonly root: FileScope,
  ) {}

  /** Opened on behalf of whoever asks first. */
  of(file: DefinitionFile, reporter: Reporter): FileScope {
    const known = this.#scopes.get(file)
    if (known !== undefined) return known
    const sources = {
      variables: file.variables,
      level: 'file',
      data: this.#dataOf(file, reporter),
      values: this.values,
    } as const
    const scope = openScope(sources, this.root, this.surroundings, reporter)
    this.#scopes.set(file, scope)
    return scope
  }

  /** A file's variable may be there for a template that declares its name. */
  declare(file: DefinitionFile, template: BoundTemplate | undefined): void {
    const names = this.#declared.get(file) ?? new Set()
    for (const name of template?.shapes.keys() ?? []) names.add(name)
    this.#declared.set(file, names)
  }

  /** Forgets the files so far: nothing of them is bound any more. */
  close(): void {
    for (const [file, { names }] of this.#scopes) {
      for (const { key } of [...(file.variables?.entries ?? []), ...(file.data?.entries ?? [])]) {
        const name = String(key.value)
        if (names.used.has(name) || this.#declared.get(file)?.has(name)) continue
        const details = { range: key.range, hint: 'Remove it, or use it.' }
        this.#unused.push(
          createDiagnostic('variable/unused', quote`Nothing reads the variable ${name}.`, details),
        )
      }
    }
    this.#scopes.clear()
    this.#declared.clear()
  }

  /** Of all that were closed. */
  reportUnused({ report }: Pick<Reporter, 'report'>): void {
    for (const diagnostic of this.#unused) report(diagnostic)
  }

  #dataOf(file: DefinitionFile, reporter: Reporter): ReadonlyMap<string, NamedData> {
    const named = (file.data?.entries ?? []).map(
      (entry) => [String(entry.key.value), this.#open(entry, file, reporter)] as const,
    )
    return new Map(named)
  }

  #open(entry: MapEntry, file: DefinitionFile, reporter: Reporter): NamedData {
    const origin: VariableOrigin = { name: String(entry.key.value), level: 'data', range: entry.value.range }
    const complaints: Diagnostic[] = []
    const fields =
      entry.value.kind === 'map'
        ? new Fields(entry.value, ['file', 'untracked', 'separator'], complaints)
        : undefined
    const text = fields?.textNode('file')
    const mayBeIgnored = fields?.boolean('untracked') === true
    const word = fields?.oneOf('separator', Object.keys(separatorWords) as (keyof typeof separatorWords)[])
    const separator = separatorWords[word ?? ',']
    for (const complaint of complaints) reporter.report(complaint)
    if (complaints.length > 0) return { origin, file: undefined }
    const path = text && resolvePath(file.source, String(text.value))
    if (path !== undefined && isOrdinary(path)) {
      if (mayBeIgnored) this.untracked.set(`${file.source}#${origin.name}`, path)
      return {
        origin,
        file: this.#read(
          { path, written: String(text!.value), place: text!.range, mayBeIgnored, separator },
          reporter,
        ),
      }
    }
    const hint = text && hintForName(String(text.value))
    const message =
      'A list is `{ file: PATH }`, to a .csv, .json or .yaml file inside the workspace, with no hidden name on the way.'
    reporter.report(
      createDiagnostic('data/file', message, {
        range: text?.range ?? entry.value.range,
        ...(hint !== undefined && { hint }),
      }),
    )
    return { origin, file: undefined }
  }

  /** For a path from the workspace's root: paths are from the file that names them. */
  #hintFor(written: string, from: string): Words | undefined {
    if (!isOrdinary(written) || 'code' in this.workspace.openFile(written)) return undefined
    const path = '../'.repeat(from.split('/').length - 1) + written
    return quote`A path begins at the folder of its file: ${path}.`
  }

  #read(
    { path, written, place, mayBeIgnored, separator }: NamedFile,
    reporter: Reporter,
  ): DataFile | undefined {
    const why = mayBeIgnored ? undefined : this.workspace.whyIgnored?.(path)
    if (why !== undefined) {
      reporter.report(ignoredData(path, why, place))
      return undefined
    }
    const key = `${separator} ${path}`
    if (this.#files.has(key)) return this.#files.get(key)
    const source = this.workspace.openFile(path)
    const isMissing = 'code' in source
    if (isMissing && mayBeIgnored && this.values.standsIn === true && source.code === 'file/unreadable') {
      this.unseen.add(path)
    } else if (isMissing) {
      const hint = this.#hintFor(written, place.source)
      reporter.report(
        hint === undefined
          ? { ...source, range: place }
          : createDiagnostic(source.code, source.message, { range: place, hint }),
      )
    } else this.dataTexts.set(path, source.text)
    const { budget } = this.surroundings
    const outer = budget.charge({ range: { source: path, start: 0, end: 0 } })
    const file = isMissing
      ? undefined
      : readData(source, { report: (found) => reporter.report(found), budget, separator })
    budget.charge(outer)
    this.#files.set(key, file)
    return file
  }
}

interface NamedFile {
  readonly path: string
  /** As the definition has it. */
  readonly written: string
  readonly place: Range
  readonly mayBeIgnored: boolean
  readonly separator: string
}

/** For what bears another name than lists do. */
function hintForName(name: string): string | undefined {
  if (name !== name.trim()) return 'White space stands beside the name.'
  if (name.includes('\\')) return 'Write `/` between folders.'
  if (/\.(?:xlsx?|ods|numbers)$/i.test(name)) return 'Save the sheet as “CSV UTF-8”.'
  if (/\.(?:tsv|tab)$/i.test(name)) return 'Name it .csv, and write `separator: tab` beside it.'
  if (/\.yml$/i.test(name)) return 'Name it .yaml.'
  return /\.(?:txt|dat)$/i.test(name)
    ? 'Name it .csv, and write `separator` beside it where commas part nothing.'
    : undefined
}

/** Git and editors, callctl too, keep what is nobody's list under names that begin with a dot. */
const isOrdinary = (path: string): boolean =>
  dataExtensions.some((extension) => path.toLowerCase().endsWith(extension)) &&
  !path.split('/').some((name) => name.startsWith('.'))

const ignoredData = (path: string, why: string, range: Range): Diagnostic =>
  createDiagnostic('data/file', `${path} is no list that reviewers can see: ${why}.`, {
    range,
    hint: 'Commit the file, or say `untracked: true` beside its name: reviews will name that.',
  })

/** A path of a file of definitions, from the workspace's root; undefined when it leads out, or is absolute. */
function resolvePath(from: string, path: string): string | undefined {
  if (path === '' || path.startsWith('/') || path.includes('\\') || /^[A-Za-z]:/.test(path)) return undefined
  const parts = from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
