// Writes stock.generated.js, the stock templates with their tests, from templates/: `node src/cli/files/build-stock.mjs`.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

const folder = 'templates'
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
  .sort()

const stock = files.map((file) => {
  const text = readFileSync(`${folder}/${file}`, 'utf8')
  const { description, extends: parent } = parse(text)
  const path = `${folder}/${file.replace('.yaml', '.test.yaml')}`
  const tests = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  return [file.replace('.yaml', ''), { description: description.trim(), parent, text, tests }]
})

const source = `// Written by build-stock.mjs.\nexport const stock = ${JSON.stringify(Object.fromEntries(stock), undefined, 2)}\n`
writeFileSync(new URL('stock.generated.js', import.meta.url), source)
