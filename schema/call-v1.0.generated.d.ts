import type { CallShapes } from './shapes.js'
import type { Validate } from './validators.js'

/** A call of v1.0. */
export declare const validateCall: Validate
export declare const shapes: CallShapes
