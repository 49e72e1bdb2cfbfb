// Call bodies that must validate: our own fixtures, and Microsoft's examples where the checkout has them beside it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as callBeta from '../../schema/call-beta.generated.js'
import * as callSeed from '../../schema/call-seed.generated.js'
import * as callV1 from '../../schema/call-v1.0.generated.js'
import type { SchemaError } from '../../schema/validators.js'

export type Version = 'seed' | 'beta' | 'v1.0'
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }
export interface Body {
  readonly name: string
  readonly version: Version
  readonly body: JsonObject
}

export const VERSIONS: readonly Version[] = ['seed', 'beta', 'v1.0']
export const SCHEMAS = { seed: callSeed, beta: callBeta, 'v1.0': callV1 }
const facts = join('..', 'shared', 'graph')

export function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(process.cwd(), ...path), 'utf8')) as T
}

export function errorsOf(version: Version, body: unknown): readonly SchemaError[] {
  const validate = SCHEMAS[version].validateCall
  return validate(body) ? [] : (validate.errors ?? [])
}

export function allBodies(): Body[] {
  return [...VERSIONS.flatMap(fixtures), ...publishedExamples()]
}

export function fixtures(version: Version): Body[] {
  const bodies = readJson<Record<string, JsonObject>>('test', 'schema', 'fixtures', `${version}.json`)
  return Object.entries(bodies).map(([name, body]) => ({ name: `${version} ${name}`, version, body }))
}

export function publishedExamples(): Body[] {
  const folder = join(facts, 'examples', 'requests')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.map((name) => ({ name, version: versionOf(name), body: readJson<JsonObject>(folder, name) }))
}

function versionOf(file: string): Version {
  return VERSIONS.find((version) => file.startsWith(version)) ?? 'v1.0'
}

/** The facts' type table, or undefined where only the package is checked out. */
export function readTypes<T>(): T | undefined {
  const file = join(facts, 'types.json')
  return existsSync(file) ? readJson<T>(file) : undefined
}
