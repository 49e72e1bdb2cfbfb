// Reads files of the program into one stretch of memory, again and again: what was read is needed no longer than V8
// takes to compile, and fresh memory for each file would be 200 page faults more at every start.

const { closeSync, fstatSync, openSync, readSync } = require('node:fs')

let memory = Buffer.allocUnsafeSlow(1 << 20)

/** That many bytes of the stretch from `start` on; those below `start` are kept. */
function reserve(start, length) {
  if (start + length > memory.length) {
    const larger = Buffer.allocUnsafeSlow(2 * (start + length))
    memory.copy(larger, 0, 0, start)
    memory = larger
  }
  return memory.subarray(start, start + length)
}

function fill(file, bytes, position) {
  for (let filled = 0; filled < bytes.length; ) {
    const count = readSync(file, bytes, filled, bytes.length - filled, position + filled)
    if (count === 0) return bytes.subarray(0, filled)
    filled += count
  }
  return bytes
}

/**
 * Hands over a file's length in bytes, and how to read some of it into the stretch from `start` on: `(start, position,
 * length)`. What that returns has the next reading at the same place in it. It may be shorter, where the file is.
 */
exports.withFile = (filename, use) => {
  const file = openSync(filename, 'r')
  try {
    const read = (start, position, length) => fill(file, reserve(start, length), position)
    return use(fstatSync(file).size, read)
  } finally {
    closeSync(file)
  }
}
