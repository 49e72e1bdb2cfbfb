import type { TypeShape } from './shapes.js'
import type { Validate } from './validators.js'

// Bodies of operations on a live call.
export declare const contextBodyV1: Validate
export declare const inviteBodyV1: Validate
export declare const transferBodyV1: Validate
export declare const playBodyV1: Validate
export declare const recordBodyV1: Validate
export declare const tonesBodyV1: Validate
export declare const contextBodyBeta: Validate
export declare const inviteBodyBeta: Validate
export declare const transferBodyBeta: Validate
export declare const playBodyBeta: Validate
export declare const recordBodyBeta: Validate
export declare const tonesBodyBeta: Validate

/** The bodies, such as `inviteBody`, and the types that only they use. */
export declare const bodyTypes: {
  readonly beta: Readonly<Record<string, TypeShape>>
  readonly 'v1.0': Readonly<Record<string, TypeShape>>
}
