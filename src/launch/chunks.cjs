// Loads the pieces of the program that the build wrote into one folder, each when it is first needed. V8 reads a
// file faster with the compiled form that the build laid beside it; what another version of Node made, V8 refuses,
// and compiles the text.

const { readFileSync } = require('node:fs')
const { Script } = require('node:vm')

/**
 * Returns how to require a piece: by the name of its file, or, where one file holds many, by `FILE/PIECE`.
 * `onScript` is told of each file that is compiled.
 */
exports.chunksIn = (folder, onScript) => {
  const files = new Map()
  const loaded = new Map()
  const open = (name) => {
    const known = files.get(name)
    if (known !== undefined) return known
    const filename = `${folder}/${name}.cjs`
    const cachedData = readIfPresent(`${filename}.cache`)
    const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData })
    onScript?.(filename, script)
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

function readIfPresent(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
