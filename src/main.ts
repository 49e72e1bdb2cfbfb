#!/usr/bin/env node
import { nodeHost } from './cli/frame/node-host.js'
import { run } from './cli/run.js'

run(process.argv.slice(2), nodeHost()).then((code) => {
  process.exitCode = code
})
