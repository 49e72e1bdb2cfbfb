// What `dist/parse-worker.cjs` is made of: it runs the part of the program that parses in a thread of its own.

const { chunksIn } = require('./chunks.cjs')

chunksIn(`${__dirname}/chunks`, { command: 'plan' })('parse/parse-worker')
