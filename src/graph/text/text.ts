// Texts of strangers: decoded, unpacked, made visible, and with every spelling of a secret taken out. Knows neither
// HTTP nor calls.

import { redact, unnamed } from './redact.js'

const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Text of a stranger's on one line: control and direction characters become spaces. */
export function plainText(text: string, longest: number): string {
  return cutText(text, longest).replace(unsafe, ' ').trim()
}

/** Text of a stranger's as evidence: control and direction characters become visible escapes. */
export function visibleText(text: string, longest: number): string {
  return cutText(text, longest).replace(unsafe, formatEscape)
}

function formatEscape(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** The beginning of a text, without half a character at its end. */
export const cutText = (text: string, longest: number): string =>
  text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')

/** Takes secrets out of a text that may repeat what was sent, in whatever spelling. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  redact(text, unnamed(secrets))
