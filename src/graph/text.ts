const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Text of a stranger's on one line: control and direction characters become spaces. */
export function plainText(text: string, longest: number): string {
  return text.slice(0, longest).replace(unsafe, ' ').trim()
}

/** Text of a stranger's as evidence: control and direction characters become visible escapes. */
export function visibleText(text: string, longest: number): string {
  return text.slice(0, longest).replace(unsafe, formatEscape)
}

function formatEscape(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Anything shorter is no secret, and would be found in every other text. */
const shortestSecret = 6

/** Takes secrets out of a text that may repeat what was sent: as they are, percent-encoded, or after `Bearer`. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, form) => rest.replaceAll(form, '***'), text)
    .replace(/\bbearer\s+[\w.~+/=-]+/gi, 'Bearer ***')
}
