/** One complaint; `instancePath` is a JSON Pointer into the validated value. */
export interface SchemaError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** Validates an object; after `false`, `errors` holds every complaint until the next run. */
export interface Validate {
  (data: unknown): boolean
  errors?: SchemaError[] | null
}
