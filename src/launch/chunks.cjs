// Loads the pieces of the program that the build wrote into one folder, each when it is first needed. V8 reads a
// piece faster with the compiled form of an earlier run beside it (see compiled-form.cjs).

const { Script } = require('node:vm')
const { readForm, writeForms } = require('./compiled-form.cjs')
const { withFile } = require('./read-bytes.cjs')

/** A disk that fails is no bug: `run.ts` tells it without a stack. */
function readOwn(filename) {
  try {
    return withFile(filename, (length, read) => read(0, 0, length))
  } catch ({ code }) {
    const error = new Error(`callctl cannot read its own file ${filename}: ${code}`)
    error.name = 'ProgramError'
    error.hint =
      'Look at the disk and its limits, or install callctl anew. What was recorded so far stays recorded.'
    throw error
  }
}

/**
 * Returns how to require a piece: by the name of its file, or, where one file holds many, by `FILE/PIECE`.
 * Compiled forms are a command's; where it `prepares`, those that it lacked are written when the process ends.
 */
exports.chunksIn = (folder, { command, prepares = false }) => {
  const files = new Map()
  const loaded = new Map()
  const pieces = []
  if (prepares) process.once('exit', () => writeForms(pieces, command))
  const open = (name) => {
    const known = files.get(name)
    if (known !== undefined) return known
    const filename = `${folder}/${name}.cjs`
    const bytes = readOwn(filename)
    const text = bytes.toString('latin1')
    const cachedData = readForm(filename, bytes, command)
    const script = new Script(text, { filename, cachedData })
    pieces.push({ filename, text, script, hasForm: cachedData !== undefined && !script.cachedDataRejected })
    const opened = script.runInThisContext()
    files.set(name, opened)
    return opened
  }
  const load = (name) => {
    const known = loaded.get(name)
    if (known !== undefined) return known.exports
    const module = { exports: {} }
    loaded.set(name, module)
    const [file, piece] = name.split('/')
    const opened = open(file)
    const start = piece === undefined ? opened : opened[piece]
    start.call(module.exports, module.exports, requireFrom, module, `${folder}/${file}.cjs`, folder)
    return module.exports
  }
  const requireFrom = (name) => (name.startsWith('./') ? load(name.slice(2)) : require(name))
  return load
}
