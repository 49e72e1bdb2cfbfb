#!/usr/bin/env node
// What `dist/callctl.cjs` is made of: it runs the program from the pieces beside it.

const { chunksIn } = require('./chunks.cjs')

chunksIn(`${__dirname}/chunks`)('main')
