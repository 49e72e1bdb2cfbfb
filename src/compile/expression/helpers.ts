// The helpers that expressions may call, joined. They are in `helpers/`, by idea.

import { contactHelpers } from './helpers/contacts.js'
import { dateHelpers } from './helpers/dates.js'
import { encodingHelpers } from './helpers/encoding.js'
import type { Helper, Helpers } from './helpers/helper.js'
import { listHelpers } from './helpers/lists.js'
import { logicHelpers } from './helpers/logic.js'
import { textHelpers } from './helpers/text.js'

export type { Helper, Parameter, ParameterType, Value } from './helpers/helper.js'
export { textOf } from './helpers/helper.js'

/** Handlebars' own blocks that callctl runs. */
export const builtInBlocks: readonly string[] = ['if', 'unless', 'each', 'with']

const helpers: Helpers = {
  ...logicHelpers,
  ...textHelpers,
  ...listHelpers,
  ...encodingHelpers,
  ...dateHelpers,
  ...contactHelpers,
}

export const helperNames: ReadonlySet<string> = new Set(Object.keys(helpers))

export const findHelper = (name: string): Helper | undefined =>
  helperNames.has(name) ? helpers[name] : undefined

/** A helper's parameters as people read them: `number [region]`, `value …`. */
export function formatParameters({ parameters, isVariadic }: Helper): string {
  const names = parameters.map(({ name, isOptional }) => (isOptional ? `[${name}]` : name))
  return names.join(' ') + (isVariadic ? ' …' : '')
}
