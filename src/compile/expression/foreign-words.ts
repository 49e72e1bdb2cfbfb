// What people write in `{{…}}` of other languages, and the columns of their lists: what works instead.

import type { Span } from '../../model/language/source.js'
import { suggest } from '../../model/words/suggest.js'
import { helperNames } from './helpers.js'

/** For `p.Display name`: a property whose name has characters of its own is put in brackets. */
export function propertyHint(text: string): string | undefined {
  const found =
    /^\{*~?\s*((?:\.\.\/)*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\.([A-Za-z_][^.{}"'`[\]|=]*[^\w.{}"'`[\]|=][^.{}"'`[\]|=]*?)\s*~?\}*$/.exec(
      text,
    )
  if (found !== null) return `For that property, write \`{{${found[1]}.[${found[2]}]}}\`.`
  const bracketed =
    /^\{\{\s*([A-Za-z_][\w.]*)\.([A-Za-z_][^.{}"'`|=]*\[[^{}"'`|=]*\][^.{}"'`|=]*?)\s*\}\}$/.exec(text)
  return bracketed === null
    ? undefined
    : `For that property, write \`{{get ${bracketed[1]} "${bracketed[2]}"}}\`.`
}

/** For `upper p.Name (short)`, where what stands in parentheses is near no helper. */
export function parenthesisHint(text: string, { start, end }: Span, name: string): string | undefined {
  if (suggest(name, helperNames) !== undefined) return undefined
  const before = /[A-Za-z_][\w.]*\.[A-Za-z_][\w ]*$/.exec(
    text.slice(Math.max(start - longestBefore, 0), start),
  )
  const hint = before === null ? undefined : propertyHint(before[0] + text.slice(start, end))
  return hint?.replace(/[{}]{2}/g, '') // inside a helper's arguments
}

const longestBefore = 120

/** As word processors put them. */
export const curlyQuote = /[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]/

/** What stands for a mistake that Handlebars' parser met at an offset. */
export function foreignHint(text: string, at: number): string | undefined {
  const start = Math.max(text.lastIndexOf('{{', at + 1), 0)
  const end = text.indexOf('}}', start)
  const expression = text.slice(start, end < 0 ? text.length : end + 2)
  const found = foreign.find(([form]) => form.test(expression))
  if (found === undefined) return propertyHint(expression)
  const match = found[0].exec(expression)!
  return found[1](match)
}

const foreign: readonly (readonly [form: RegExp, hint: (match: RegExpExecArray) => string])[] = [
  [
    /^\{\{~?\s*([A-Za-z_][\w.]*?)\.?(?:\[\s*)?(?:"([^"\][{}]+)"|'([^'\][{}]+)')\s*\]?\s*~?\}\}$/,
    ([, owner, double, single]) => `For that property, write \`{{${owner}.[${double ?? single}]}}\`.`,
  ],
  [
    /[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]/,
    () => 'Curly quotes are no quotes here: write `"` or `\'`.',
  ],
  [
    /^\{\{~?\s*([\w.[\]]+)\s*\|\s*default:?\s*\(?\s*("[^"]*"|'[^']*'|[\w.]+)/,
    ([, value, other]) => `A value for what is not set: \`{{default ${value} ${other}}}\`.`,
  ],
  [
    /^\{\{~?\s*([\w.[\]]+)\s*(?:\?\?|\|\|)\s*("[^"]*"|'[^']*'|[\w.]+)/,
    ([, value, other]) => `A value for what is not set: \`{{default ${value} ${other}}}\`.`,
  ],
  [
    /^\{\{~?\s*([\w.[\]]+)\s*\|\s*(\w+)/,
    ([, value, name]) => `There are no filters; a helper stands first: \`{{${name} ${value}}}\`.`,
  ],
  [
    /^\{\{-?\s*#?(?:else )?if\s+([\w.[\]]+)\s*(?:==|===|=)\s*("[^"]*"|'[^']*'|[\w.]+)/,
    ([, left, right]) => `Compare with a helper: \`{{#if (eq ${left} ${right})}}…{{/if}}\`.`,
  ],
  [
    /^\{\{-?\s*#?(?:else )?if\s+([\w.[\]]+)\s*(?:!=|!==|<>)\s*("[^"]*"|'[^']*'|[\w.]+)/,
    ([, left, right]) => `Compare with a helper: \`{{#if (ne ${left} ${right})}}…{{/if}}\`.`,
  ],
  [
    /^\{\{-?\s*#?(?:if|and|or)?\s*([\w.[\]]+)\s*(?:==|===)\s*("[^"]*"|'[^']*'|[\w.]+)/,
    ([, left, right]) => `Compare with a helper: \`{{eq ${left} ${right}}}\`.`,
  ],
  [/^\{\{-/, () => 'White space is taken away by `~`: `{{~…~}}`; a condition is `{{#if x}}…{{/if}}`.'],
  [/-\}\}$/, () => 'White space is taken away by `~`: `{{~…~}}`.'],
  [/^\{\{\s*\.Values\.([\w.]+)/, ([, name]) => `A variable has its name alone: \`{{${name}}}\`.`],
  [/^\{\{\s*\.([A-Za-z][\w.]*)/, ([, name]) => `A variable has no dot before its name: \`{{${name}}}\`.`],
  [/^\{\{\s*\$([A-Za-z][\w.]*)/, ([, name]) => `A variable has no \`$\` before its name: \`{{${name}}}\`.`],
  [/^\{\{\s*(?:if|unless|each|with|range|end|endif|elif|for)\b/, () => blocks],
  [
    /^\{\{\s*([\w.]+)\s*\?\s*("[^"]*"|'[^']*'|[\w.]+)\s*:\s*("[^"]*"|'[^']*'|[\w.]+)/,
    ([, condition, yes, no]) =>
      `Write \`{{#if ${condition}}}…{{else}}…{{/if}}\`, with ${yes} and ${no} in it.`,
  ],
  [/&&|\|\||!(?!=)/, () => 'Write `and`, `or` and `not`: `{{#if (and a (not b))}}…{{/if}}`.'],
  [/\w\s*[+*]\s*["'\w]/, () => 'Text is put together by writing it side by side: `{{a}} and {{b}}`.'],
  [/\w\(/, () => 'A helper takes its values without commas and parentheses: `{{upper name}}`.'],
]

const blocks = 'A block begins with `#` and ends with `/`: `{{#if x}}…{{else}}…{{/if}}`.'
