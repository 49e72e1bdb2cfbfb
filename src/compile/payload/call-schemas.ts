// The schemas of calls that the build wrote, by the version of Graph whose calls they describe.

import type { CallShapes } from '../../../schema/shapes.js'
import type { Validate } from '../../../schema/validators.js'
import type { GraphTarget } from '../../model/call.js'

export type SchemaName = 'seed' | 'beta' | 'v1.0'

export interface CallSchema {
  readonly validateCall: Validate
  readonly shapes: CallShapes
}

/** The collections `app` and `application` are those of 2018, and so is their schema. */
export const schemaNameOf = (target: GraphTarget): SchemaName =>
  target.collection === 'communications' ? target.version : 'seed'

/** Each is loaded when it is first asked for: calls of a workspace are mostly of one version. */
export const callSchemas: Readonly<Record<SchemaName, () => CallSchema>> = {
  seed: () =>
    require('../../../schema/call-seed.generated.js') as typeof import('../../../schema/call-seed.generated.js'),
  beta: () =>
    require('../../../schema/call-beta.generated.js') as typeof import('../../../schema/call-beta.generated.js'),
  'v1.0': () =>
    require('../../../schema/call-v1.0.generated.js') as typeof import('../../../schema/call-v1.0.generated.js'),
}

export const shapesOf = (target: GraphTarget): CallShapes => callSchemas[schemaNameOf(target)]().shapes
