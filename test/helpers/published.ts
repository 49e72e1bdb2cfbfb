// Call bodies that Microsoft publishes, from the facts beside this checkout; without them, our own fixtures.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../src/model/json.js'

export interface PublishedBody {
  readonly name: string
  /** `graph:` of its definition, as YAML flow. */
  readonly graph: string
  readonly body: JsonObject
}

const examples = join('..', 'shared', 'graph', 'examples', 'requests')
const ownFixtures = join('test', 'schema', 'fixtures')

export const hasPublishedBodies = (): boolean => existsSync(join(process.cwd(), examples))

export const publishedBodies = (): readonly PublishedBody[] =>
  hasPublishedBodies() ? readExamples(join(process.cwd(), examples)) : readFixtures()

function readExamples(folder: string): readonly PublishedBody[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => ({ name, graph: graphOf(name), body: readJson(join(folder, name)) }))
}

function readFixtures(): readonly PublishedBody[] {
  return ['v1.0', 'beta', 'seed'].flatMap((version) => {
    const bodies = readJson(join(process.cwd(), ownFixtures, `${version}.json`)) as Record<string, JsonObject>
    const graph = graphOf(`${version}-`)
    return Object.entries(bodies).map(([name, body]) => ({ name: `${version} ${name}`, graph, body }))
  })
}

function graphOf(name: string): string {
  if (name.startsWith('v1.0-')) return '{ version: v1.0 }'
  if (name.startsWith('beta-')) return '{ version: beta }'
  return '{ version: beta, collection: app }'
}

const readJson = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject
