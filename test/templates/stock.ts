// The stock templates, compiled over definitions that a test spells.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Compilation, compile } from '../../src/compile/compile.js'
import { fillPlaceholders } from '../../src/compile/yaml/placeholders.js'
import type { JsonObject } from '../../src/model/json.js'
import type { Workspace } from '../../src/model/language/workspace.js'
import type { Payload } from '../../src/model/payload.js'
import { readWorkspace } from '../../src/read/read-workspace.js'

/** The tests run at the repository's root, which is the workspace. */
export const readStock = (): Workspace => readWorkspace(process.cwd(), [])

/** A machine where no environment variable is set. */
export const bareMachine = { environment: {}, assignments: [] }

/** One call that uses a stock template, in a workspace whose only setting is the published `callbackUri`. */
export function compileWith(template: string, values: JsonObject): Compilation {
  const text = JSON.stringify({ calls: { 'only-call': { uses: template, with: values } } })
  const path = 'calls/only.yaml'
  const settings = {
    path: 'callctl.yaml',
    text: 'version: 1\ndefaults:\n  callbackUri: https://bot.contoso.com/callback\n',
  }
  const stock = readStock()
  const workspace: Workspace = {
    ...stock,
    settings,
    calls: [{ path, text }],
    selected: new Set([path]),
    paths: [{ text: 'calls/', sources: [path] }],
  }
  return compile(workspace, bareMachine)
}

/** A call as it is sent: with its secrets. */
export function sentCall({ text, revealSecrets }: Payload): JsonObject {
  return JSON.parse(fillPlaceholders(text, revealSecrets?.() ?? new Map())) as JsonObject
}

export function readFixture(name: string): JsonObject {
  const path = join(process.cwd(), 'test/templates/fixtures', name)
  return JSON.parse(readFileSync(path, 'utf8')) as JsonObject
}
