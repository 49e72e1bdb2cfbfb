// Other people's programs that do some of the same work: measured where they are installed, named where they are not.

import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Each by the name of its program, with how to install it. */
const installs = {
  jsonnet: 'apt-get install jsonnet',
  jq: 'apt-get install jq',
  pkl: 'https://pkl-lang.org, or PKL=its path',
  ajv: 'npm install --global ajv-cli',
  curl: 'apt-get install curl',
  newman: 'npm install --global newman',
  bru: 'npm install --global @usebruno/cli',
  stepci: 'npm install --global stepci',
}

/** @typedef {{ name: string, programs: readonly string[], run: (paths: readonly string[]) => object }} Peer
 * `run` makes the rest of a contender from the paths of the programs. */

/** @param {readonly Peer[]} peers */
export function findPeers(peers) {
  const folders = searched()
  const found = peers.map(({ name, programs, run }) => {
    const paths = programs.map((program) => findProgram(program, folders))
    const absent = programs.filter((_program, index) => paths[index] === undefined)
    return { absent, contender: absent.length === 0 ? [{ name, isPeer: true, ...run(paths) }] : [] }
  })
  const missing = [...new Set(found.flatMap(({ absent }) => absent))]
  return {
    contenders: found.flatMap(({ contender }) => contender),
    missing: missing.map((program) => `${program} (${installs[program]})`),
  }
}

/** `CALLCTL_BENCH_PEERS` is a folder of programs, or one that `npm install --prefix` filled. */
function searched() {
  const { CALLCTL_BENCH_PEERS: given, PATH = '' } = process.env
  const own = given === undefined ? [] : given.split(delimiter)
  const prefix = spawnSync('npm', ['prefix', '--global'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  const folders = own.flatMap((folder) => [folder, join(folder, 'node_modules', '.bin')])
  return [...folders, ...PATH.split(delimiter), join(prefix, 'bin')]
}

function findProgram(program, folders) {
  const { PKL: pkl } = process.env
  const paths = folders.map((folder) => join(folder, program))
  return [...(program === 'pkl' && pkl !== undefined ? [pkl] : []), ...paths].find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
