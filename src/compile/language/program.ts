// What people write, read: callctl.yaml, templates, definitions, variables and their schemas, from nodes to the nouns
// of model/language. Looks at keys and types alone; what a name stands for is found out later, in bind.

import type { Budget } from '../../model/budget.js'
import {
  type Checked,
  createDiagnostic,
  type Diagnostic,
  hasErrors,
} from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { Definition } from '../../model/language/definition.js'
import type { Document, KnownDocuments } from '../../model/language/document.js'
import type { Settings } from '../../model/language/settings.js'
import type { Range, Source } from '../../model/language/source.js'
import type { Template } from '../../model/language/template.js'
import type { Workspace } from '../../model/language/workspace.js'
import { chargeNodes, chargeText } from '../yaml/charge-document.js'
import { parse } from '../yaml/parse.js'
import { readDefinitions } from './read-definitions.js'
import { readSettings } from './read-settings.js'
import { readTemplate } from './read-template.js'

/** A workspace's files, parsed and read; expressions are still text. */
export interface Program {
  readonly settings: Settings
  readonly templates: ReadonlyMap<string, Template>
  /** Names of templates whose files cannot be used; their problem is reported already. */
  readonly brokenTemplates: ReadonlySet<string>
  readonly files: DefinitionFiles
}

interface ProgramPlace {
  report(diagnostic: Diagnostic): void
  readonly budget: Budget
}

export type ParseFile = (source: Source) => Checked<Document | undefined>

type ReadFile = (source: Source) => Document | undefined

const readerWith =
  ({ report, budget }: ProgramPlace, parseFile: ParseFile): ReadFile =>
  (source) => {
    budget.charge({ range: { source: source.path, start: 0, end: 0 } })
    return take(parseFile(source), report)
  }

/** callctl.yaml alone; what is usual where there is none. */
export function readProgramSettings(
  { settings: file }: Pick<Workspace, 'settings'>,
  environmentName: string | undefined,
  place: ProgramPlace,
  read: ReadFile = readerWith(place, parseWith(undefined, place.budget)),
): Settings {
  return take(readSettings(file && read(file), environmentName), place.report)
}

export function readProgram(
  workspace: Workspace,
  environmentName: string | undefined,
  place: ProgramPlace,
  parseFile: ParseFile = parseWith(workspace.documents, place.budget),
): Program {
  const { report } = place
  const read = readerWith(place, parseFile)
  const settings = readProgramSettings(workspace, environmentName, place, read)
  const templates = new Map<string, Template>()
  const brokenTemplates = new Set<string>()
  for (const source of workspace.templates) {
    const name = templateName(source.path)
    const document = read(source)
    const template = document === undefined ? undefined : take(readTemplate(name, document), report)
    if (template === undefined) brokenTemplates.add(name)
    else templates.set(name, template)
  }
  return { settings, templates, brokenTemplates, files: new DefinitionFiles(workspace.calls, read, report) }
}

/** The files of definitions, each parsed and read when it is its turn, so that memory need not hold them all. */
export class DefinitionFiles {
  /** How many definitions each file holds, of those that have been read. */
  readonly counts = new Map<string, number>()
  /** Names that the files' `variables` have, likewise. */
  readonly variableNames = new Set<string>()
  /** Whether every file could be read without error, so that all definitions are known. */
  isWhole = true

  constructor(
    private readonly sources: readonly Source[],
    private readonly read: ReadFile,
    private readonly report: (diagnostic: Diagnostic) => void,
  ) {}

  /** The definitions of one file after the other. To be called once. */
  *definitions(): Generator<readonly Definition[]> {
    for (const source of this.sources) {
      const document = this.read(source)
      const checked = document && readDefinitions(document)
      if (checked === undefined || hasErrors(checked.diagnostics)) this.isWhole = false
      if (checked !== undefined) yield this.#count(take(checked, this.report), source)
    }
  }

  #count(definitions: readonly Definition[], { path }: Source): readonly Definition[] {
    if (definitions.length > 0) this.counts.set(path, definitions.length)
    for (const { key } of definitions[0]?.file.variables?.entries ?? [])
      this.variableNames.add(String(key.value))
    return definitions
  }
}

const parseWith =
  (known: KnownDocuments | undefined, budget: Budget): ParseFile =>
  (source) => {
    chargeText(source, budget)
    const document = known?.find(source)
    const checked = document === undefined ? parse(source) : { value: document, diagnostics: [] }
    if (checked.value !== undefined) chargeNodes(checked.value.root, budget)
    if (document === undefined && checked.value !== undefined && checked.diagnostics.length === 0)
      known?.keep(source, checked.value)
    return checked
  }

/** `templates/group-call.yaml` is the template `group-call`. */
const templateName = (path: string): string => path.replace(/^templates\//, '').replace(/\.yaml$/, '')

function take<Value>(checked: Checked<Value>, report: (diagnostic: Diagnostic) => void): Value {
  for (const diagnostic of checked.diagnostics) report(diagnostic)
  return checked.value
}

/** Complains about a call name that stands twice; letter case aside, since file names may not tell it apart. */
export function duplicateName(name: string, range: Range, first: Range): Diagnostic {
  return createDiagnostic('definition/duplicate-name', quote`The call name ${name} is taken.`, {
    range,
    related: [{ message: 'it is defined here already', range: first }],
    hint: 'Names are unique in the workspace, letter case aside.',
  })
}
