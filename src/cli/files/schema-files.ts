import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../../model/errors.js'
import { joinReal } from '../../record/disk/real-path.js'
import { replaceFile } from '../../record/disk/replace-file.js'
import { editorSchemas, readSchemaTexts } from './schema-texts.js'

/** Where modelines look for schemas, from the workspace's folder. */
export const schemaFolder = '.callctl/schema'

/** Writes the schemas for editors into the workspace; gives the paths of those that were not so already. */
export function writeSchemaFiles(root: string): readonly string[] {
  const texts = readSchemaTexts()
  const behind = editorSchemas.flatMap((name) => {
    const path = `${schemaFolder}/${name}.json`
    const file = joinReal(root, path.split('/'))
    const old = existsSync(file) ? readFileSync(file, 'utf8') : undefined
    if (old !== undefined && !isSchema(old)) {
      throw new UsageError(`${path} is there already, and callctl did not write it.`, 'Remove it first.')
    }
    return old === texts[name] ? [] : [{ path, file, text: texts[name]! }]
  })
  for (const { file, text } of behind) {
    mkdirSync(dirname(file), { recursive: true })
    replaceFile(file, text)
  }
  return behind.map(({ path }) => path)
}

/** Of this or an earlier callctl. */
const isSchema = (text: string): boolean => /^\{\s*"\$schema": "[^"]*",\s*"title": "callctl/.test(text)
