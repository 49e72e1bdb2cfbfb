import { quote } from '../../model/diagnostics/wording.js'
import type { Span } from '../../model/language/source.js'
import { forgeryHint, forgeryMessage, holdsPlaceholder } from '../yaml/forged.js'
import { holdsStandIn, referencePlaceholder, standInsOf } from '../yaml/placeholders.js'
import { ExpressionProblem } from './expression-problem.js'
import type { Expression, Path, ScalarText } from './expression-tree.js'
import { pathsOf } from './heads.js'
import type { Value } from './helpers.js'
import { type Names, rootOf } from './scope.js'

const referenceProperties = ['id', 'callChainId']

/** The placeholder of `{{calls.NAME.id}}`, when a scalar is that and nothing else. */
export function readReference(text: ScalarText): string | undefined {
  if (text.kind !== 'whole' || text.expression.kind !== 'path' || !isReference(text.expression.path))
    return undefined
  const { path, span } = text.expression
  const property = path.parts.at(-1)!
  const name = path.parts.slice(1, -1).join('.')
  if (name !== '' && referenceProperties.includes(property)) return referencePlaceholder(name, property)
  const message = `Of another call, only ${referenceProperties.join(' and ')} can be used.`
  throw new ExpressionProblem('reference/place', message, span, 'Write `calls.NAME.id`.')
}

const isReference = (path: Path): boolean => path.parts[0] === 'calls' && path.depth === 0 && !path.isData

/** Its value is known only when the other call is placed, so no text and no helper can take it. */
export function refuseReference(path: Path, span: Span): void {
  if (!isReference(path)) return
  const message = 'A value of another call stands alone: it is known only after that is placed.'
  throw new ExpressionProblem(
    'reference/place',
    message,
    span,
    'Write `"{{calls.NAME.id}}"` and nothing else.',
  )
}

/** Helpers that pass a secret on, or ask only whether there is one. */
const discreet: ReadonlySet<string> = new Set(['default', 'coalesce', 'and', 'or', 'not'])

/** A helper that changes or compares a secret would work on its placeholder, and not on what is sent. */
export function refuseSecret(value: Expression, user: string, names: Names): void {
  if (discreet.has(user) || !readsSecret(value, names)) return
  const message = quote`${user} cannot be used on a secret, which callctl does not look at.`
  throw new ExpressionProblem('secret/place', message, value.span)
}

/**
 * Text made of parts, or by a helper, could look like a placeholder that none of the parts is. Where a secret is read
 * in the same place, its own placeholder is welcome.
 */
export function guardText(text: ScalarText, names: Names): ((value: Value) => Value) | undefined {
  if (text.kind === 'whole' && text.expression.kind !== 'helper') return undefined
  if (pathsOf(text).some((path) => isSecretPath(path, names))) return undefined
  const { unset } = rootOf(names)
  return (value) => {
    if (!holdsPlaceholder(value, unset)) return value
    const span = { start: 0, end: Number.MAX_SAFE_INTEGER }
    throw new ExpressionProblem('secret/place', forgeryMessage, span, forgeryHint)
  }
}

/** Whatever depends on a value cannot be known where a placeholder stands in it. */
export function refuseStandIns<From>(
  read: (frame: From) => Value,
  span: Span,
  names: Names,
): (frame: From) => Value {
  if (rootOf(names).unset === undefined) return read
  return (frame) => {
    const value = read(frame)
    if (!holdsStandIn(value)) return value
    const [name = ''] = standInsOf(JSON.stringify(value))
    throw new ExpressionProblem(
      'env/unset',
      quote`The environment variable ${name} is not set, and something depends on it here.`,
      span,
      'Set it for the review.',
    )
  }
}

function readsSecret(expression: Expression, names: Names): boolean {
  if (expression.kind === 'helper') return expression.values.some((value) => readsSecret(value, names))
  if (expression.kind === 'literal' || expression.path.isData) return false
  return isSecretPath(expression.path, names)
}

function isSecretPath({ parts: [head, next] }: Path, names: Names): boolean {
  return rootOf(names).secrets.has(head === 'env' ? `env.${next}` : String(head))
}
