// Runs a command, and writes beside each piece of the program what V8 made of it meanwhile, so that later runs need
// not compile it: `node warm.cjs DIST WORD…`. What earlier runs left there is kept and added to.

const { closeSync, fsyncSync, openSync, renameSync, writeFileSync } = require('node:fs')
const { resolve } = require('node:path')
const { chunksIn } = require('./chunks.cjs')

const [node, own, folder, ...words] = process.argv
const scripts = new Map()
process.argv = [node, own, ...words]
process.once('exit', () => {
  for (const [path, script] of scripts) replaceFile(`${path}.cache`, script.createCachedData())
})
chunksIn(resolve(folder, 'chunks'), (path, script) => scripts.set(path, script))('main')

/** V8 does not look for torn bytes in it, so there must never be a torn file of that name. */
function replaceFile(path, bytes) {
  const file = openSync(`${path}.new`, 'w')
  writeFileSync(file, bytes)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}
