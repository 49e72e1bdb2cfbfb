/** One complaint; `instancePath` is a JSON Pointer into the validated value. */
export interface SchemaError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** Validates a call object; after `false`, `errors` holds every complaint until the next run. */
export interface Validate {
  (data: unknown): boolean
  errors?: SchemaError[] | null
}

export declare const callSeed: Validate
export declare const callBeta: Validate
export declare const callV1: Validate

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
