#!/usr/bin/env node
// What `dist/callctl.cjs` is made of: it runs the program from the pieces beside it. It must be read by any Node, so
// that an old one is told what callctl needs.

const leastNode = 20

/**
 * Commands that send nothing. The others have better to do at their end than to write files for the next start, and
 * start with those of `plan`, which does most of what they do.
 */
const preparing = new Set(
  '--version help validate compile plan diff test explain status fmt audit completion'.split(' '),
)

if (Number(process.versions.node.split('.')[0]) < leastNode) {
  console.error(`error: callctl needs Node ${leastNode} or newer, and this is Node ${process.versions.node}.`)
  console.error('  = https://nodejs.org has it; `node --version` says which one is used.')
  process.exitCode = 3
} else {
  const { chunksIn } = require('./chunks.cjs')
  const command = process.argv[2]
  const prepares = preparing.has(command)
  chunksIn(`${__dirname}/chunks`, { command: prepares ? command : 'plan', prepares })('start/main')
}
