import { quote, type Words } from '../../model/diagnostics/wording.js'
import { builtInBlocks, helperNames } from '../expression/helpers.js'

const variableForm = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/
const words = [
  'this',
  'true',
  'false',
  'null',
  'undefined',
  'env',
  'calls',
  'constructor',
  'prototype',
  '__proto__',
]

/** Why a variable cannot have this name; undefined when it can. */
export function variableNameProblem(name: string): Words | undefined {
  if (words.includes(name) || builtInBlocks.includes(name) || helperNames.has(name)) {
    return quote`${name} means something else in expressions.`
  }
  if (!variableForm.test(name))
    return 'A variable name is letters, digits, `_` and `-`, and begins with a letter.'
  return undefined
}
