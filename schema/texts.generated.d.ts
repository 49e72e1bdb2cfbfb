/** Names of the published schemas. */
export const names: readonly string[]
/** Name to JSON text, as JSON, compressed with Brotli, in base64. */
export const packed: string
