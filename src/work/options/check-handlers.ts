// What a program hands in beside options: callbacks, a folder, an environment.

import { statSync } from 'node:fs'
import type { Environment } from '../../model/environment.js'
import { UsageError } from '../../model/errors.js'
import { type Check, type Checks, requireOptions, requirePlain } from './check-options.js'

/** As they are handed in: what it is called with is not known here. */
export interface Handlers {
  readonly report?: ((event: never) => unknown) | undefined
  readonly signal?: AbortSignal | undefined
}

const callback: Check = (value) => (typeof value === 'function' ? undefined : 'a function')

/** One of its realm may be another's; an AbortController would never be heard. */
const signal: Check = (value) => {
  const { aborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>
  return typeof aborted === 'boolean' && typeof addEventListener === 'function' ? undefined : 'an AbortSignal'
}

/** Throws UsageError. */
export function requireHandlers<Request extends Handlers>(request: Request): Request {
  requirePlain(request)
  const { report, signal: stop } = request
  const checks: Checks<Handlers> = { report: callback, signal }
  requireOptions({ report, signal: stop }, checks)
  return request
}

/** Throws UsageError where nobody is there to be asked. */
export function requireConfirm(confirm: unknown): void {
  if (typeof confirm !== 'function')
    throw new UsageError('`confirm` takes a function, which looks at the plan and returns true or false.')
}

export interface Settings {
  readonly folder: string
  readonly environment?: unknown
  readonly warn?: ((text: string) => unknown) | undefined
  readonly tell?: ((text: string) => unknown) | undefined
}

const variables: Check = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every(isVariable)
    ? undefined
    : 'an object of texts'

const isVariable = (value: unknown): boolean => value === undefined || typeof value === 'string'

const path: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'the path of a folder'

const settings: Checks<Settings> = { folder: path, environment: variables, warn: callback, tell: callback }

/** Throws UsageError. */
export function requireSettings(given: Settings): void {
  requireOptions(given, settings)
  if (given.folder === undefined) throw new UsageError('`folder` takes the path of a folder.')
}

/** Above a folder that is not there, another workspace may lie. Throws UsageError. */
export function requireFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return
  throw new UsageError(`There is no folder \`${folder}\`.`, 'Name the folder of a workspace.')
}

/** What is inherited counts, too. */
export function copyEnvironment(environment: Environment): Environment {
  const names: string[] = []
  for (const name in environment) names.push(name)
  return Object.fromEntries(names.map((name) => [name, environment[name]]))
}

/** For listeners: what they throw, at once or later, goes to `failed` and nowhere else. */
export function listen(listener: () => unknown, failed: (error: unknown) => void): void {
  try {
    Promise.resolve(listener()).catch(failed)
  } catch (error) {
    failed(error)
  }
}
