import type { Definition } from '../model/definition.js'
import { bindDefinition } from './bind-definition.js'
import type { Templates } from './bind-templates.js'
import type { Complaints } from './complaints.js'
import type { FileScopes } from './file-scopes.js'
import { type Instance, instancesOf } from './instances.js'
import { duplicateName, type Program } from './program.js'

/** All calls of the workspace by name, of which no two are alike. */
export function nameCalls(
  program: Program,
  templates: Templates,
  scopes: FileScopes,
  complaints: Complaints,
): { instances: Instance[]; isWhole: boolean } {
  const taken = new Map<string, Definition>()
  const instances: Instance[] = []
  let isWhole = true
  for (const definition of program.definitions) {
    complaints.concerning(definition, () => {
      const template = definition.uses === undefined ? undefined : templates.find(definition.uses)
      const scope = scopes.of(definition.file)
      scopes.declare(definition.file, template)
      for (const instance of instancesOf(bindDefinition(definition, template, scope))) {
        const first = instance && taken.get(instance.name.toLowerCase())
        if (instance === undefined) isWhole = false
        else if (first !== undefined) {
          isWhole = false
          scope.binder.report(duplicateName(instance.name, definition, first))
        } else {
          taken.set(instance.name.toLowerCase(), definition)
          instances.push(instance)
        }
      }
    })
  }
  return { instances, isWhole }
}
