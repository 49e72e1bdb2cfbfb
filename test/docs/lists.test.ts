import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readStockTemplate } from '../../src/cli/files/stock-templates.js'
import { compileLinted } from '../helpers/workspace.js'
import { type Block, blocksOf, readPage } from './pages.js'

// Every list of docs/lists.md, with as many rows as a list of people has, compiled by the definition beneath it.

const test = suite('docs/lists')
const blocks = blocksOf(readPage('docs/lists.md'))
const settings = blocks.find(({ path }) => path === 'callctl.yaml')!.text
const people = 300

/** The header, and its row so many times: each with an id, a name, an address and a number of its own. */
function fill({ text }: Block): string {
  const [header = '', row = ''] = text.trimEnd().split('\n')
  const rows = Array.from({ length: people }, (_, index) =>
    row
      .replaceAll('8000-000000000001', `8000-${String(index).padStart(12, '0')}`)
      .replaceAll('Adele', `Person ${index}`)
      .replaceAll('adele@', `person${index}@`)
      .replace(/(32\d ?)?123 ?4567/, (_found, prefix = '') => `${prefix}${String(1_234_000 + index)}`),
  )
  return [header, ...rows, ''].join('\r\n')
}

const templates = Object.fromEntries(
  ['p2p-voip', 'p2p-pstn'].map((name) => [`templates/${name}.yaml`, readStockTemplate(name).text]),
)

const definitions = blocks.filter(({ path }) => path?.startsWith('calls/'))

for (const definition of definitions) {
  const path = definition.path!
  const list = blocks.find((each) => each.path === path.replace('calls/', 'data/').replace('.yaml', '.csv'))!
  test(`${path}: ${people} people, each rung once`, () => {
    const files = {
      'callctl.yaml': settings,
      ...templates,
      [path]: definition.text,
      [list.path!]: fill(list),
    }
    const { payloads, diagnostics } = compileLinted(files)
    assert.equal(
      diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
      [],
    )
    assert.is(payloads.length, people)
    const rung = payloads.flatMap(({ touches }) =>
      [...touches.people, ...touches.numbers].map(({ id }) => id),
    )
    assert.is(new Set(rung).size, people)
    assert.ok(payloads.every(({ touches }) => [...touches.people, ...touches.numbers][0]?.name !== undefined))
  })
  test(`${path} has at most five lines of definition`, () => {
    const lines = definition.text
      .trimEnd()
      .split('\n')
      .filter((line) => line !== 'calls:')
    assert.ok(lines.length <= 5)
  })
}

test('there are five of them', () => assert.is(definitions.length, 5))

test.run()
