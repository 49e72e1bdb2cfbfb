// Loads the pieces of the program that the build wrote into one folder, each when it is first needed. V8 reads a
// piece faster with the compiled form that the build laid beside it; what another version of Node made, V8 refuses,
// and compiles the text.

const { readFileSync } = require('node:fs')
const { Script } = require('node:vm')

/** Returns how to require a piece by its file's name. `onScript` is told of each that is compiled. */
exports.chunksIn = (folder, onScript) => {
  const loaded = new Map()
  const load = (name) => {
    const known = loaded.get(name)
    if (known !== undefined) return known.exports
    const module = { exports: {} }
    loaded.set(name, module)
    const filename = `${folder}/${name}`
    const cachedData = readIfPresent(`${filename}.cache`)
    const script = new Script(wrap(readFileSync(filename, 'latin1')), { filename, cachedData })
    onScript?.(filename, script)
    script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder)
    return module.exports
  }
  const requireFrom = (name) => (name.startsWith('./') ? load(name.slice(2)) : require(name))
  return load
}

const wrap = (text) => `(function (exports, require, module, __filename, __dirname) {${text}\n})`

function readIfPresent(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
