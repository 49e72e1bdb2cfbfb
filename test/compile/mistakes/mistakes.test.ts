import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { diagnosticCodes } from '../../../src/model/diagnostics/diagnostic-codes.js'
import { at, compileFiles } from '../../helpers/workspace.js'
import type { Mistake } from './mistake.js'
import { mistakesOfDefinitions } from './mistakes-of-definitions.js'
import { mistakesOfExpressions } from './mistakes-of-expressions.js'
import { mistakesOfLists } from './mistakes-of-lists.js'
import { mistakesOfPayloads } from './mistakes-of-payloads.js'
import { mistakesOfTheRest } from './mistakes-of-the-rest.js'
import { mistakesOfYaml } from './mistakes-of-yaml.js'

const mistakes: readonly Mistake[] = [
  ...mistakesOfYaml,
  ...mistakesOfExpressions,
  ...mistakesOfDefinitions,
  ...mistakesOfPayloads,
  ...mistakesOfLists,
  ...mistakesOfTheRest,
]
/** Found by `read`, in bodies of operations and in lockfiles, and tested there. */
const codesOfRead = [
  ...['file/extension', 'file/too-large', 'file/unreadable', 'operation/body'],
  ...['record/changed', 'record/edited'],
]

const table = suite('mistakes')

for (const [name, files, code, text, hint] of mistakes) {
  table(`${code}: ${name}`, () => {
    const { diagnostics } = compileFiles(files)
    const found = diagnostics.map((each) => ({ code: each.code, text: at(files, each).text }))
    // A block without quotes ends where its line does; the beginning is enough.
    const shown = code === 'yaml/unquoted-expression' && text === '{{' ? [{ code, text: '{{' }] : undefined
    if (shown !== undefined) assert.ok(found[0]?.text.startsWith('{{'))
    else assert.equal(found, [{ code, text }], JSON.stringify(diagnostics.map(({ message }) => message)))
    assert.is(diagnostics[0]?.hint !== undefined, hint === 'hint', `hint: ${diagnostics[0]?.hint}`)
  })
}

table('every code of the closed list has its mistake', () => {
  const covered = new Set<string>([...mistakes.map(([, , code]) => code), ...codesOfRead])
  assert.equal(
    Object.keys(diagnosticCodes).filter((code) => !code.startsWith('lint/') && !covered.has(code)),
    [],
  )
})

table('at least 150 mistakes are tried', () => {
  assert.ok(mistakes.length >= 150, String(mistakes.length))
})

table('a name stands for one mistake', () => {
  const names = mistakes.map(([name, , code]) => `${code} ${name}`)
  assert.is(new Set(names).size, names.length)
})

table.run()
