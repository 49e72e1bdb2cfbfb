import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compile } from '../../compile/compile.js'
import { parse } from '../../compile/yaml/parse.js'
import { compareAddresses } from '../../model/address-order.js'
import { diagnosticCodes } from '../../model/diagnostics/diagnostic-codes.js'
import type { Host } from '../../model/host.js'
import { entryOf } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import { readWorkspace } from '../../read/read-workspace.js'
import { graphCodeNames } from '../../report/graph/explain-graph.js'
import { schemaNames } from '../files/schema-texts.js'
import { stockNames } from '../files/stock-templates.js'
import type { CompletionNames } from './complete-words.js'

/** The names of the workspace around the current folder. What cannot be read is left out, silently. */
export function completionNames(host: Host): CompletionNames {
  const workspace = () => readWorkspace(host.cwd, [])
  return {
    addresses: () =>
      sorted([...quietly(() => definedIn(host)), ...quietly(() => recordedIn(workspace().root))]),
    codes: () => [...Object.keys(diagnosticCodes), ...graphCodeNames],
    environments: () => quietly(() => keysUnder('environments', workspace().settings)),
    schemas: () => schemaNames,
    stock: () => stockNames,
    templates: () => quietly(() => workspace().templates.map(({ path }) => basename(path, '.yaml'))),
    variables: () =>
      quietly(() => sorted(allSources(workspace()).flatMap((each) => keysUnder('variables', each)))),
  }
}

function quietly(read: () => readonly string[]): readonly string[] {
  try {
    return read()
  } catch {
    return []
  }
}

function definedIn(host: Host): readonly string[] {
  const values = { environment: host.environment, assignments: [] }
  const { payloads, definedAddresses } = compile(readWorkspace(host.cwd, []), values)
  return [...(definedAddresses ?? []), ...payloads.map(({ address }) => address)]
}

const lockfiles = [
  ['', /^calls(\..+)?\.lock\.json$/],
  ['.callctl', /^simulator(\..+)?\.lock\.json$/],
] as const

/** Also what is no longer defined can be asked about and hung up. */
const recordedIn = (root: string): readonly string[] =>
  lockfiles.flatMap(([folder, form]) =>
    quietly(() => readdirSync(join(root, folder)).filter((name) => form.test(name))).flatMap((name) =>
      quietly(() => {
        const lockfile = JSON.parse(readFileSync(join(root, folder, name), 'utf8')) as { calls?: object }
        return Object.keys(lockfile.calls ?? {})
      }),
    ),
  )

const allSources = ({ settings, templates, calls }: ReturnType<typeof readWorkspace>): readonly Source[] => [
  ...(settings === undefined ? [] : [settings]),
  ...templates,
  ...calls,
]

/** The keys of the map that stands under a key of a file. */
function keysUnder(key: string, source: Source | undefined): readonly string[] {
  const value = source && entryOf(parse(source).value?.root, key)?.value
  return value?.kind === 'map' ? value.entries.map((entry) => String(entry.key.value)) : []
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort(compareAddresses)
