import type { GraphTarget } from '../../model/call.js'
import type { Settings } from '../../model/language/settings.js'
import type { Payload } from '../../model/payload.js'
import type { Instance } from '../bind/instances.js'
import type { Render } from '../bind/tools.js'
import type { Surroundings, VariableTable } from '../bind/variables.js'
import type { JudgedSite } from '../environment/judge-site.js'
import type { Frame } from '../expression/scope.js'
import type { Arranged, Arranger } from '../payload/arrange.js'

/** A call before it is checked, with what is needed to say where its values come from. */
export interface RenderedCall {
  readonly instance: Instance
  readonly settings: Settings
  readonly layers: readonly Layer[]
  readonly table: VariableTable
  readonly surroundings: Surroundings
  readonly frame: Frame
  readonly target: GraphTarget
  readonly arranger: Arranger
  readonly arranged: Arranged
  /** Of what the environment has a say in. */
  readonly sites: readonly JudgedSite[]
  /** The address that it had before. */
  readonly movedFrom?: string
  /** As a payload's. */
  readonly revealSecrets?: Payload['revealSecrets']
}

/** A layer of a call, with what its expressions see. */
export interface Layer {
  readonly render: Render
  readonly frame: Frame
}
