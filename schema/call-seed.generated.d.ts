import type { CallShapes } from './shapes.js'
import type { Validate } from './validators.js'

/** A call of the beta of 2018. */
export declare const validateCall: Validate
export declare const shapes: CallShapes
