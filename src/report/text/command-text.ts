import { showText } from './paint.js'

/** A command of callctl as it is typed into a shell. */
export const formatCommand = (...words: readonly string[]): string =>
  ['callctl', ...words.map(quote)].join(' ')

/** A tilde at the beginning would be somebody's home. */
const quote = (text: string): string =>
  /^(?!~)[\w.@:+=~/-]+$/.test(text) ? text : `'${showText(text).replaceAll("'", "'\\''")}'`
