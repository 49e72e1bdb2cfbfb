// Preloaded into a measured process: writes its peak memory, in KiB, to file descriptor 3 when it ends.
const { readFileSync, writeSync } = require('node:fs')

process.on('exit', () => writeSync(3, String(peakKibibytes())))

// Linux counts into maxRSS what the parent held before exec, so a big parent would show in every child.
function peakKibibytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}
