import type { TypeShape } from './shapes.js'
import type { Validate } from './validators.js'

// Bodies of operations on a live call.
export declare const contextBodyV1: Validate
export declare const inviteBodyV1: Validate
export declare const transferBodyV1: Validate
export declare const playBodyV1: Validate
export declare const recordBodyV1: Validate
export declare const tonesBodyV1: Validate
export declare const recordingStatusBodyV1: Validate
export declare const muteAllBodyV1: Validate
export declare const transcriptionBodyV1: Validate
export declare const holdBodyV1: Validate
export declare const routingBodyV1: Validate
export declare const contextBodyBeta: Validate
export declare const inviteBodyBeta: Validate
export declare const transferBodyBeta: Validate
export declare const playBodyBeta: Validate
export declare const recordBodyBeta: Validate
export declare const tonesBodyBeta: Validate
export declare const recordingStatusBodyBeta: Validate
export declare const muteAllBodyBeta: Validate
export declare const transcriptionBodyBeta: Validate
export declare const holdBodyBeta: Validate
export declare const routingBodyBeta: Validate

/** The bodies, such as `inviteBody`, and the types that only they use. */
export declare const bodyTypes: {
  readonly beta: Readonly<Record<string, TypeShape>>
  readonly 'v1.0': Readonly<Record<string, TypeShape>>
}
