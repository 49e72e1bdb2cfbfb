// Loaded into every callctl that a test starts as a process; connections-here.ts does the same in the test’s own. It notes
// each connection, and refuses all but those to this machine.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const text = `
const { appendFileSync } = require('node:fs')
const { lookup } = require('node:dns')
const net = require('node:net')
const connect = net.Socket.prototype.connect
const isHere = (host) => host === undefined || host === 'localhost' || host === '::1' || /^127\\./.test(host)
const note = (line) => appendFileSync(process.env.CALLCTL_TEST_CONNECTIONS, line + '\\n')
net.Socket.prototype.connect = function (...words) {
  const [first] = Array.isArray(words[0]) ? words[0] : words
  const to = typeof first === 'object' ? first : { port: first, host: words[1] }
  const where = to.path ?? to.host + ':' + to.port
  note((to.path === undefined && isHere(to.host) ? 'here ' : 'AWAY ') + where)
  if (to.path === undefined && !isHere(to.host)) throw new Error('a test was about to connect to ' + where)
  return connect.apply(this, words)
}
require('node:dns').lookup = (host, ...rest) => {
  if (!isHere(host)) note('AWAY dns ' + host)
  return lookup(host, ...rest)
}
`

let written: string | undefined

/** Path of the module; written once a process. */
export function guardPath(): string {
  if (written === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'callctl-guard-'))
    written = join(folder, 'guard.cjs')
    writeFileSync(written, text)
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  }
  return written
}
