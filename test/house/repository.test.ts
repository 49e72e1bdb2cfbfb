import { existsSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commands } from '../../src/cli/command.js'
import { exitCodes } from '../../src/model/exit-code.js'
import { listSourceFiles } from './source-files.js'

const test = suite('repository')

test('no file names a folder of somebody’s machine or a host of packages', () => {
  const homes = ['home', 'root', 'Users', 'work'].map((name) => `(?<![\\w.~])/${name}/\\w`)
  const hosts = ['npmjs', 'yarnpkg'].map((name) => `registry\\.${name}`)
  const form = new RegExp([...homes, ...hosts, 'C:\\\\Users'].join('|'))
  const found = listSourceFiles('.').flatMap(({ path, text }) => {
    const match = path === 'test/house/repository.test.ts' ? null : form.exec(text)
    return match === null ? [] : [`${path}: ${match[0]}`]
  })
  assert.equal(found, [])
})

test('package-lock.json records no download addresses', () => {
  const lock = readFileSync('package-lock.json', 'utf8')
  assert.is(lock.includes('"resolved"'), false)
  assert.match(lock, '"integrity"')
})

const readme = existsSync('README.md') ? readFileSync('README.md', 'utf8') : undefined
const mentions = (names: readonly string[], form: (name: string) => string): readonly string[] =>
  names.filter((name) => !readme?.includes(form(name)))

const held = readme === undefined ? test.skip : test
if (readme === undefined) console.log('README.md does not exist yet: its rules are skipped')

// Its diagnostic codes and helpers are compared with the code's in test/scenarios/readme.test.ts.

held('README has every command', () => {
  assert.equal(
    mentions(Object.keys(commands), (name) => `\`${name}`),
    [],
  )
})

held('README has every exit code', () => {
  assert.equal(
    mentions(Object.values(exitCodes).map(String), (code) => `\n| ${code} | `),
    [],
  )
})

held('README has every dependency', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
  const names = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] })
  const table = readme?.slice(readme.indexOf('\n## Dependencies')) ?? ''
  const missing = names.filter((name) => !table.includes(name.replace(/^@types\//, '')))
  assert.equal(missing, [])
})

test.run()
