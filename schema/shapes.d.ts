export interface PropertyShape {
  /** Name of a type in the same table, for objects and lists of objects. */
  readonly type?: string
  readonly list?: true
  /** Set by the service, together with everything beneath it. */
  readonly readOnly?: true
  readonly person?: 'name' | 'number' | 'id'
  /** Members of an enumeration. */
  readonly values?: readonly string[]
}

export interface TypeShape {
  /** In canonical order. */
  readonly properties: Readonly<Record<string, PropertyShape>>
  /** `@odata.type` without `#` and namespace, such as "appHostedMediaConfig", to a type name in the table. */
  readonly derived?: Readonly<Record<string, string>>
  readonly abstract?: true
}

export interface CallShapes {
  /** "call" */
  readonly root: string
  readonly types: Readonly<Record<string, TypeShape>>
}
