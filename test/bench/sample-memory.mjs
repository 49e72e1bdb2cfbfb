// Runs a program and looks every few milliseconds how much memory each of its processes ever held; writes the
// largest figure, in KiB, to file descriptor 3 when it ends. Arguments: the program and its words. Linux alone.

import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'

const [program, ...words] = process.argv.slice(2)
const child = spawn(program, words, { stdio: ['ignore', 'inherit', 'inherit'] })
let peak = 0

function look(id) {
  const status = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${id}/status`))
  if (status !== null) peak = Math.max(peak, Number(status[1]))
  for (const next of read(`/proc/${id}/task/${id}/children`).split(' ').filter(Boolean)) look(next)
}

// Empty for a process that is gone.
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const timer = setInterval(() => look(child.pid), 3)
child.once('close', (code) => {
  clearInterval(timer)
  writeSync(3, String(peak))
  process.exitCode = code ?? 1
})
