import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
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

test.run()
