import { checkSize, HelperProblem } from '../helper-results.js'
import { type Helpers, text } from './helper.js'

/** Text for other systems: URLs, hashes, ids. Text is UTF-8 throughout. */
export const encodingHelpers: Helpers = {
  urlencode: {
    parameters: [text('text')],
    meaning: 'The text percent-encoded, for one part of a URL (`encodeURIComponent`).',
    example: ['{{urlencode "a b&c"}}', 'a%20b%26c'],
    run: (value) => urlEncode(value as string),
  },
  base64: {
    parameters: [text('text')],
    meaning: 'The text in base64.',
    example: ['{{base64 "Zoë"}}', 'Wm/Dqw=='],
    run: (value) => Buffer.from(value as string, 'utf8').toString('base64'),
  },
  sha256: {
    parameters: [text('text')],
    meaning: 'The SHA-256 of the text, in hexadecimal.',
    example: ['{{sha256 "abc"}}', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    run: (value) => loadHash().sha256(value as string),
  },
  uuid5: {
    parameters: [text('namespace'), text('name')],
    meaning:
      'The UUID of a name (RFC 9562, version 5), the same whenever it is made; the namespace is a UUID, `dns` or `url`.',
    example: ['{{uuid5 "dns" "www.example.com"}}', '2ed6657d-e927-568b-95e1-2665a8aea6a2'],
    run: (namespace, name) => uuidOfName(namespace as string, name as string),
  },
}

const loadHash = () => require('../../base/hash.js') as typeof import('../../base/hash.js')

function urlEncode(value: string): string {
  checkSize(value.length * 3)
  if (!value.isWellFormed()) throw new HelperProblem('the text has half a character (a lone surrogate) in it')
  return encodeURIComponent(value)
}

/** RFC 9562, section 6.6. */
const namedSpaces = new Map([
  ['dns', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ['url', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'],
])
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function uuidOfName(namespace: string, name: string): string {
  const id = namedSpaces.get(namespace.toLowerCase()) ?? namespace
  if (!uuidForm.test(id)) {
    throw new HelperProblem('the namespace must be a UUID, `dns` or `url`', {
      place: { argument: 0, start: 0, end: namespace.length },
    })
  }
  const named = Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), Buffer.from(name, 'utf8')])
  const bytes = loadHash().sha1(named).subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
