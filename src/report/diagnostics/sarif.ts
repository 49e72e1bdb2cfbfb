import { createHash } from 'node:crypto'
import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { type DiagnosticCode, diagnosticCodes } from '../../model/diagnostics/diagnostic-codes.js'
import type { Range } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import { writeJson } from '../text/json-text.js'
import { Positions } from '../text/positions.js'
import { diagnosticHelp } from './diagnostic-help.js'
import { sortDiagnostics } from './diagnostics-text.js'
import { joinPath } from './github.js'

export interface SarifRun {
  /** These stand first, in this order. */
  readonly first?: readonly Diagnostic[]
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
  /** From the repository to the workspace, with forward slashes; empty when they are the same folder. */
  readonly folder: string
  readonly version: string
}

/** Diagnostics as a SARIF 2.1.0 log, for code scanning. */
export function formatSarif({ first = [], diagnostics, sources, folder, version }: SarifRun): string {
  const sorted = [...first, ...sortDiagnostics(diagnostics)]
  const codes = [...new Set(sorted.map(({ code }) => code))].sort()
  const positions = new Positions(sources)
  const place = (range: Range) => describePlace(range, positions, folder)
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'callctl', semanticVersion: version, rules: codes.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        results: sorted.map((diagnostic) => ({
          ...describeResult(diagnostic, place),
          ruleIndex: codes.indexOf(diagnostic.code),
          partialFingerprints: { 'callctlDiagnostic/v1': fingerprintOf(diagnostic, sources) },
        })),
      },
    ],
  }
  return `${writeJson(log, 2)}\n`
}

function describeRule(code: DiagnosticCode): object {
  const [severity, meaning] = diagnosticCodes[code]
  const { example, fix } = diagnosticHelp[code]
  const text = typeof example === 'string' ? example : joinFiles(example)
  const markdown = typeof example === 'string' ? example : `\`\`\`yaml\n${text}\n\`\`\``
  return {
    id: code,
    shortDescription: { text: meaning },
    defaultConfiguration: { level: severity },
    help: {
      text: `${meaning}\n\nExample:\n\n${text}\n\n${fix}`,
      markdown: `${meaning}\n\n${markdown}\n\n${fix}`,
    },
  }
}

const joinFiles = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([path, text]) => `# ${path}\n${text.trimEnd()}`)
    .join('\n\n')

type Locator = (range: Range) => object

function describeResult(diagnostic: Diagnostic, place: Locator): object {
  const { code, severity, message, range, hint } = diagnostic
  const logicalLocations = logicalLocationsOf(diagnostic)
  const location = {
    ...(range !== undefined && { physicalLocation: place(range) }),
    ...(logicalLocations.length > 0 && { logicalLocations }),
  }
  const relatedLocations = relatedPlaces(diagnostic).map((each, id) => ({
    id,
    message: { text: withoutLinks(each.message) },
    physicalLocation: place(each.range),
  }))
  return {
    ruleId: code,
    level: severity,
    message: { text: withoutLinks(hint === undefined ? message : `${message}\n${hint}`) },
    ...(Object.keys(location).length > 0 && { locations: [location] }),
    ...(relatedLocations.length > 0 && { relatedLocations }),
  }
}

/** Messages may hold links, as Markdown writes them; users' texts may not. */
const withoutLinks = (text: string): string => text.replaceAll('](', '] (')

const logicalLocationsOf = ({ address, pointer }: Diagnostic): readonly object[] => {
  if (address === undefined) return []
  return [{ name: address, ...(pointer ? { fullyQualifiedName: `${address}#${pointer}` } : {}) }]
}

/** The other places of a clash, and where the variables behind a value stand. */
const relatedPlaces = ({ related, origin }: Diagnostic) => [
  ...(related ?? []),
  ...(origin?.variables ?? []).flatMap(({ name, level, range }) =>
    range === undefined ? [] : [{ message: `\`${name}\` comes from ${level}`, range }],
  ),
]

function describePlace(range: Range, positions: Positions, folder: string): object {
  const uri = joinPath(folder, range.source).toWellFormed().split('/').map(encodeURIComponent).join('/')
  const artifactLocation = { uri, uriBaseId: '%SRCROOT%' }
  const from = positions.of(range.source, range.start)
  const to = positions.of(range.source, range.end)
  if (from === undefined || to === undefined) return { artifactLocation }
  const region = {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
  }
  return { artifactLocation, region }
}

/** The same finding in the next run, though lines above it came or went. */
function fingerprintOf({ code, range, address, pointer, message }: Diagnostic, sources: Sources): string {
  const text = range === undefined ? undefined : sources.get(range.source)?.slice(range.start, range.end)
  const identity = JSON.stringify([code, range?.source, text, address, pointer, message])
  return createHash('sha256').update(identity).digest('hex')
}
