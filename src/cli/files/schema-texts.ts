import { brotliDecompressSync } from 'node:zlib'
import { names, packed } from '../../../schema/texts.generated.js'

/** Names of the schemas that callctl publishes: those of its files, and those of a call. */
export const schemaNames = names

/** The schemas of the language's own files, which modelines name. */
export const editorSchemas = ['calls', 'template', 'workspace', 'test'] as const

/** The JSON text of each schema. */
export const readSchemaTexts = (): Readonly<Record<string, string>> =>
  JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8')) as Record<string, string>
