import type { Validate } from './validators.js'

/** A call of beta. */
export declare const validateCall: Validate
