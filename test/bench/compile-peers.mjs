// Templates of other languages for the same calls, from the same values as JSON: in `peers/`.

import { deepStrictEqual } from 'node:assert'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPeers } from './peers.mjs'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * `source` is `rows` or `calls`, `values` a JSON file, `folder` one for what is written.
 * `check` throws unless each made the calls that `expected` holds.
 */
export function compilePeers({ source, values, folder }) {
  const template = pathOf(`peers/${source}`)
  const shell = (...lines) => ({ program: 'sh', words: ['-ec', lines.join('\n')] })
  const schema = writeSchema(folder)
  const outputs = []
  const peer = (name, programs, script) => ({
    name,
    programs,
    run(paths) {
      const output = join(folder, `peer-${source}-${programs.join('-')}.json`)
      outputs.push(output)
      return { command: shell(...script(output, ...paths.map(quote))) }
    },
  })
  const jsonnet = (path, output) =>
    `${path} -e ${quote(`(import '${template}.jsonnet')(import '${values}')`)} > ${quote(output)}`
  const jq = (path, output) =>
    `${path} -c -L ${quote(pathOf('peers'))} -f ${quote(`${template}.jq`)} ${quote(values)} > ${quote(output)}`
  const ajv = (path, output) =>
    `${path} validate --strict=false -s ${quote(schema.list)} -r ${quote(schema.call)} -d ${quote(output)}`
  const pkl = (path, output) =>
    `${path} eval -p ${quote(`values=file:${values}`)} ${quote(`${template}.pkl`)} > ${quote(output)}`
  const { contenders, missing } = findPeers([
    peer('jq, no checks', ['jq'], (output, path) => [jq(path, output)]),
    peer('jq and ajv-cli', ['jq', 'ajv'], (output, path, checker) => [
      jq(path, output),
      ajv(checker, output),
    ]),
    peer('jsonnet, no checks', ['jsonnet'], (output, path) => [jsonnet(path, output)]),
    peer('jsonnet and ajv-cli', ['jsonnet', 'ajv'], (output, path, checker) => [
      jsonnet(path, output),
      ajv(checker, output),
    ]),
    peer('pkl, with its types', ['pkl'], (output, path) => [pkl(path, output)]),
  ])
  return { contenders, missing, check: (expected) => checkCalls(expected, outputs) }
}

function checkCalls(expected, outputs) {
  for (const path of outputs)
    deepStrictEqual(JSON.parse(readFileSync(path, 'utf8')), expected, `${path} holds other calls`)
}

/** One check for all calls: ajv-cli takes a file as one value. */
function writeSchema(folder) {
  const [list, call] = ['calls.schema.json', 'call-v1.0.json'].map((name) => join(folder, name))
  copyFileSync(pathOf('../../schema/call-v1.0.json'), call)
  writeFileSync(list, JSON.stringify({ type: 'array', items: { $ref: 'call-v1.0.json' } }))
  return { list, call }
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`
