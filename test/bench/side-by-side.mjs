// Runs one command in several folders at once: `FOLDER… -- WORD…`. Fails with the first that does.

import { spawn } from 'node:child_process'

const words = process.argv.slice(2)
const end = words.indexOf('--')
const folders = words.slice(0, end)
const command = words.slice(end + 1)

const run = (cwd, index) =>
  new Promise((resolve) => {
    const part = ['--part', `${index + 1}/${folders.length}`]
    const child = spawn(process.execPath, [...command, ...part], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })

const codes = await Promise.all(folders.map(run))
process.exitCode = codes.find((code) => code !== 0) ?? 0
