// Workspaces in memory, for tests of everything after `read`.
import { type Compilation, compile } from '../../src/compile/compile.js'
import { createDiagnostic, type Diagnostic } from '../../src/model/diagnostics/diagnostic.js'
import type { JsonObject } from '../../src/model/json.js'
import type { Source } from '../../src/model/language/source.js'
import type { Assignment, Values, Workspace } from '../../src/model/language/workspace.js'

export type Files = Readonly<Record<string, string>>

/** Every file of `calls/` is selected. */
export function workspace(files: Files): Workspace {
  const sources = Object.entries(files).map(([path, text]): Source => ({ path, text }))
  const calls = sources.filter(({ path }) => path.startsWith('calls/'))
  const settings = sources.find(({ path }) => path === 'callctl.yaml')
  const selected = calls.map(({ path }) => path)
  return {
    root: '/workspace',
    templates: sources.filter(({ path }) => path.startsWith('templates/')),
    calls,
    selected: new Set(selected),
    paths: [{ text: 'calls/', sources: selected }],
    diagnostics: [],
    openFile: (path) =>
      sources.find((source) => source.path === path) ??
      createDiagnostic('file/unreadable', `${path} is not there.`, {
        range: { source: path, start: 0, end: 0 },
      }),
    ...(settings !== undefined && { settings }),
  }
}

export const noValues: Values = { environment: {}, assignments: [] }

/** Values as `--var` gives them. */
export const vars = (assignments: Readonly<Record<string, string>>): Values => ({
  environment: {},
  assignments: Object.entries(assignments).map(
    ([name, value]): Assignment => ({ name, level: '--var', value }),
  ),
})

/** Values as a `--var-file` gives them. */
export const fileVars = (assignments: JsonObject): Values => ({
  environment: {},
  assignments: Object.entries(assignments).map(
    ([name, value]): Assignment => ({ name, level: '--var-file', value }),
  ),
})

export const environment = (values: Values['environment']): Values => ({
  environment: values,
  assignments: [],
})

/** Without what lints say of the payloads, which are often bare here and ring nobody; see compileLinted. */
export function compileFiles(files: Files, values: Values = noValues): Compilation {
  const compilation = compileLinted(mayRingNobody(files), values)
  return {
    ...compilation,
    diagnostics: compilation.diagnostics.filter(({ code }) => !code.startsWith('lint/')),
  }
}

export const compileLinted = (files: Files, values: Values = noValues): Compilation =>
  compile(workspace(files), values)

/** For tests that compile calls to nobody and are about something else. */
export const bareWorkspace = (files: Files): Workspace => workspace(mayRingNobody(files))

/** Appended, so that places in callctl.yaml stay. One that is no map of lines, or has lints of its own, is as it is. */
function mayRingNobody(files: Files): Files {
  const settings = files['callctl.yaml'] ?? ''
  const isOwn = /^lints:/m.test(settings) || (settings !== '' && !/^[a-z]\w*: /.test(settings.trimStart()))
  if (isOwn) return files
  const gap = settings === '' || settings.endsWith('\n') ? '' : '\n'
  return { ...files, 'callctl.yaml': `${settings}${gap}lints: { lint/nobody: off }\n` }
}

export interface At {
  /** `path:line:column`, both from 1. */
  readonly place: string
  /** What the range holds. */
  readonly text: string
}

/** Where a diagnostic points, and at what. */
export function at(files: Files, diagnostic: Pick<Diagnostic, 'range'>): At {
  if (diagnostic.range === undefined) return { place: '', text: '' }
  const { source, start, end } = diagnostic.range
  const text = files[source] ?? ''
  const before = text.slice(0, start).split('\n')
  return {
    place: `${source}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`,
    text: text.slice(start, end),
  }
}

/** The one payload's call; throws with the complaints when there is none. */
export function callOf(files: Files, values: Values = noValues): JsonObject {
  const { payloads, diagnostics } = compileFiles(files, values)
  const [payload] = payloads
  if (payload === undefined || diagnostics.some((each) => each.severity === 'error')) {
    throw new Error(`no payload: ${diagnostics.map((each) => `${each.code} ${each.message}`).join('; ')}`)
  }
  return payload.call
}

/** Codes of all complaints, in order. */
export const codesOf = (files: Files, values: Values = noValues): readonly string[] =>
  compileFiles(files, values).diagnostics.map(({ code }) => code)

/** A file with one call whose `subject` is written as given (YAML), and which is valid but for that. */
export const subjectFile = (subject: string, variables = ''): string =>
  `${variables}calls:\n  a:\n    call:\n      callbackUri: https://bot.example/cb\n      subject: ${subject}\n`
