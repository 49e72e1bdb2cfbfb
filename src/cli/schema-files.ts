import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../record/replace-file.js'
import { editorSchemas, readSchemaTexts } from './schema-texts.js'

/** Where modelines look for schemas, from the workspace's folder. */
export const schemaFolder = '.callctl/schema'

/** Writes the schemas for editors into the workspace; gives the paths of those that were not so already. */
export function writeSchemaFiles(root: string): readonly string[] {
  const texts = readSchemaTexts()
  mkdirSync(join(root, schemaFolder), { recursive: true })
  return editorSchemas.flatMap((name) => {
    const path = `${schemaFolder}/${name}.json`
    const isSame = existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === texts[name]
    if (!isSame) replaceFile(join(root, path), texts[name]!)
    return isSame ? [] : [path]
  })
}
