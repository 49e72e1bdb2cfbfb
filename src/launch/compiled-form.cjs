// What V8 made of a piece of the program in earlier runs, in a file beside it. V8 itself takes such data for any text
// of the same length, and data of another patch release of Node for its own, and then runs the wrong code or crashes.
// So the file says which Node, platform and processor it was made by, and holds the whole text that it was made of;
// it is used only where all of that is the same. Comparing the text takes a fifth of a millisecond, and to hash it
// would need node:crypto, which takes ten.
//
// A file begins with a head of 256 bytes, `callctl VERSION-PLATFORM-PROCESSOR TEXT-LENGTH`; then come the text and the
// data, at a place that V8 need not align. Each command has files of its own, with the functions that it uses: V8
// makes all that such data hold, and what other commands use would be a third of it.

const { renameSync, unlinkSync, writeFileSync } = require('node:fs')
const { withFile } = require('./read-bytes.cjs')

const headLength = 256
const maker = `${process.version}-${process.platform}-${process.arch}`

const pathOf = (filename, command) => `${filename}.${maker}.${command}.cache`
const align = (length) => Math.ceil(length / 16) * 16

/** The data for V8, read behind the piece's text; undefined where there is none that fits. */
exports.readForm = (filename, text, command) => {
  try {
    return withFile(pathOf(filename, command), (length, read) => readFitting(length, read, text))
  } catch {
    return undefined
  }
}

function readFitting(length, read, text) {
  const place = align(text.length)
  const head = read(place, 0, headLength).toString('latin1')
  const [name, by, textLength] = head.trimEnd().split(' ')
  const end = align(headLength + text.length)
  if (name !== 'callctl' || by !== maker || Number(textLength) !== text.length || length <= end)
    return undefined
  return read(place, headLength, text.length).equals(text) ? read(place, end, length - end) : undefined
}

/**
 * Writes the forms of pieces that a command used and had none for. It is never told when this fails: the folder may be
 * another user's, or the disk full. With options for V8 the data would not fit an ordinary run.
 */
exports.writeForms = (pieces, command) => {
  if (process.execArgv.length > 0 || process.env.NODE_OPTIONS) return
  for (const piece of pieces) if (!piece.hasForm && !writeForm(piece, command)) return
}

function writeForm({ filename, text, script }, command) {
  const head = `callctl ${maker} ${text.length}`
  const start = align(headLength + text.length)
  const data = script.createCachedData()
  const bytes = Buffer.alloc(start + data.length)
  bytes.write(head.padEnd(headLength), 'latin1')
  bytes.write(text, headLength, 'latin1')
  data.copy(bytes, start)
  return replaceFile(pathOf(filename, command), bytes)
}

/** There must never be a torn file of that name: V8 looks at the length of its data, and at nothing else in it. */
function replaceFile(path, bytes) {
  const temporary = `${path}.${process.pid}`
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', flush: true })
    renameSync(temporary, path)
    return true
  } catch {
    removeQuietly(temporary)
    return false
  }
}

function removeQuietly(path) {
  try {
    unlinkSync(path)
  } catch {
    // It was never made, or is not ours to remove.
  }
}
