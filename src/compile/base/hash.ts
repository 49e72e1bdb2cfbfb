// What every room of compile may use, and what knows none of them: digests, sizes, and what work costs in the budget of
// a run.

// Read when something is first hashed, which `validate` seldom does: node:crypto takes milliseconds to load.

import crypto from 'node:crypto'

/** In hexadecimal; of the text's UTF-8. */
export const sha256 = (text: string): string =>
  // Three times as fast for short texts; Node 20.12 brought it.
  typeof crypto.hash === 'function'
    ? crypto.hash('sha256', text, 'hex')
    : crypto.createHash('sha256').update(text, 'utf8').digest('hex')

export const sha1 = (bytes: Uint8Array): Buffer => crypto.createHash('sha1').update(bytes).digest()
