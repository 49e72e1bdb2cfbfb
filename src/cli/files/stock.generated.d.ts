/** The stock templates by name, as build-stock.mjs writes them. */
export declare const stock: Readonly<
  Record<
    string,
    {
      readonly description: string
      /** The template that it extends. */
      readonly parent?: string
      readonly text: string
      /** Its `NAME.test.yaml`. */
      readonly tests?: string
    }
  >
>
