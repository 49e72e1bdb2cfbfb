// What stands between `{{` and `}}`: parsed, checked against what its names stand for, and evaluated, helpers included.
// Knows nothing of files and calls; no expression reaches the disk, the clock or code of a workspace.

import { expressionLimits } from './expression-limits.js'
import { ExpressionProblem } from './expression-problem.js'
import type { ScalarText } from './expression-tree.js'
import { parseSimpleText } from './simple-expression.js'

/** Parses a scalar's value. Throws ExpressionProblem, which the caller turns into a diagnostic. */
export function parseScalarText(text: string): ScalarText {
  checkSize(text)
  return parseSimpleText(text) ?? loadHandlebars().parseWithHandlebars(text)
}

/** Most texts do without it. */
const loadHandlebars = () =>
  require('./handlebars-expression.js') as typeof import('./handlebars-expression.js')

function checkSize(text: string): void {
  const whole = { start: 0, end: text.length }
  if (text.includes('${{')) refuseWorkflow(text)
  if (text.length > expressionLimits.characters) {
    const message = `Text with expressions is limited to ${expressionLimits.characters} characters.`
    throw new ExpressionProblem('expression/too-complex', message, whole)
  }
  if (countOpenings(text) > expressionLimits.expressions) {
    const message = `More than ${expressionLimits.expressions} expressions stand in one text.`
    throw new ExpressionProblem('expression/too-complex', message, whole)
  }
}

function countOpenings(text: string): number {
  let count = 0
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at + 2)) count += 1
  return count
}

/** `${{ env.X }}` of GitHub's workflows would leave its dollar in the text. */
function refuseWorkflow(text: string): void {
  const found =
    /\$\{\{-?\s*((?:env|secrets|vars|github|inputs|matrix|steps|needs|parameters)\.[\w.-]+)\s*\}\}/.exec(text)
  if (found === null) return
  const name = found[1]!.replace(/^(?:secrets|vars|github|inputs|matrix|steps|needs|parameters)\./, 'env.')
  const message = 'A `$` before `{{` is of workflows: here it would stay in the text.'
  const span = { start: found.index, end: found.index + found[0].length }
  throw new ExpressionProblem('expression/syntax', message, span, `Write \`{{${name}}}\`.`)
}
