// A callctl that stops itself, as a paused container does, at a moment of its work, and finds on waking that the time
// it slept has passed by every clock and every timer.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunSettings } from './callctl.js'
import { type Running, startCallctl } from './callctl-process.js'
import type { Workspace } from './callctl-workspace.js'

/** Before the dial, once connected, before and after the claim's name exists, before and after the request's bytes
 * are with the kernel, before the outcome is written. */
export const moments = ['dial', 'connected', 'claim', 'claimed', 'send', 'sent', 'outcome'] as const
export type Moment = (typeof moments)[number]

const preload = (moment: Moment, slept: number): string => `
const fs = require('node:fs')
const net = require('node:net')
const os = require('node:os')
const { setTimeout: set } = globalThis
const timers = new Set()
globalThis.setTimeout = (work, delay, ...rest) => {
  // A second of the time for an answer is over soon.
  const timer = set(work, delay === 1000 ? 40 : delay, ...rest)
  timers.add(timer)
  return timer
}
let hasStopped = false
const reach = (moment) => {
  if (moment !== '${moment}' || hasStopped) return
  hasStopped = true
  fs.writeSync(2, 'stops at ' + moment + '\\n')
  process.kill(process.pid, 'SIGSTOP')
  const { now } = Date
  const { uptime } = os
  Date.now = () => now() + ${slept}
  os.uptime = () => uptime() + ${slept} / 1000
  for (const timer of timers) {
    if (timer._destroyed || timer._idleTimeout > ${slept}) continue
    timer._idleTimeout = 1
    timer.refresh()
  }
}
const around = (owner, name, isIt, [before, after]) => {
  const original = owner[name]
  owner[name] = function (...words) {
    const isThis = isIt(...words)
    if (isThis) reach(before)
    const result = original.apply(this, words)
    if (isThis) reach(after)
    return result
  }
}
around(fs, 'linkSync', (from, to) => /@1$/.test(to), ['claim', 'claimed'])
around(fs, 'writeSync', (file, bytes, offset, length, position) => position === 4096, ['outcome'])
around(net.Socket.prototype, 'write', (bytes) => String(bytes).startsWith('POST '), ['send', 'sent'])
around(net.Socket.prototype, 'connect', () => true, ['dial'])
const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (...words) {
  this.prependOnceListener('connect', () => reach('connected'))
  return connect.apply(this, words)
}
`

export interface Standing extends Running {
  /** Lets it go on. */
  wake(): void
}

/** Runs until it stands still at this moment; `slept` is how many milliseconds will have passed when it wakes. */
export async function startUntil(
  moment: Moment,
  slept: number,
  words: readonly string[],
  workspace: Workspace,
  settings: Partial<RunSettings> = {},
): Promise<Standing> {
  workspace.write('tools/standstill.cjs', preload(moment, slept))
  const running = startCallctl(words, {
    ...settings,
    cwd: workspace.folder,
    preload: join(workspace.folder, 'tools', 'standstill.cjs'),
  })
  await running.seen(`stops at ${moment}`)
  // It has said that it will stop, and does nothing in between: the kernel tells when it has.
  while (!isStopped(running.process.pid!)) await new Promise(setImmediate)
  return { ...running, wake: () => void running.process.kill('SIGCONT') }
}

const isStopped = (pid: number): boolean => /^\d+ \(.*\) T /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
