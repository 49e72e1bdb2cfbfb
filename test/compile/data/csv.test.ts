import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { layoutOf, locateCell, readCsv } from '../../../src/compile/data/csv.js'
import { parseQuoted } from '../../../src/compile/data/quoted-csv.js'
import { splitUnquoted } from '../../../src/compile/data/unquoted-csv.js'

const test = suite('CSV')
const path = 'data/l.csv'

const rowsOf = (text: string) => {
  const table = readCsv({ path, text })
  if ('code' in table) throw new Error(`${table.code}: ${table.message}`)
  assert.is(table.count, [...table.rows()].length)
  return [...table.rows()]
}
const faultOf = (text: string): string => {
  const found = readCsv({ path, text })
  if (!('code' in found)) throw new Error('was read')
  return text.slice(found.range!.start, found.range!.end)
}

test('every cell is text, as it stands', () => {
  assert.equal(rowsOf('a,b,c\n007,+14255550100, x \n'), [{ a: '007', b: '+14255550100', c: ' x ' }])
})

test('quotes hold commas, doubled quotes and line breaks', () => {
  assert.equal(rowsOf('a,b\n"x, ""y""","1\n2"\n'), [{ a: 'x, "y"', b: '1\n2' }])
})

test('a byte-order mark is no part of the first header', () => {
  assert.equal(rowsOf('\ufeffa\nx\n'), [{ a: 'x' }])
  assert.equal(rowsOf('\ufeff"a"\nx\n'), [{ a: 'x' }])
})

test('lines end in LF, CRLF or CR, even in one file', () => {
  const wanted = [
    { a: '1', b: '2' },
    { a: '3', b: '4' },
  ]
  for (const ends of ['\n\n\n', '\r\n\r\n\r\n', '\r\r\r'])
    assert.equal(
      rowsOf(
        `a,b${ends.slice(0, ends.length / 3)}1,2${ends.slice(0, ends.length / 3)}3,4${ends.slice(0, ends.length / 3)}`,
      ),
      wanted,
    )
  assert.equal(rowsOf('a,b\n1,2\r\n3,4'), wanted)
  assert.equal(rowsOf('a,b\r\n1,2\n3,4\r\n'), wanted)
})

test('empty lines are skipped, empty cells are not', () => {
  assert.equal(rowsOf('a,b\n\n1,\n\n,2\n\n'), [
    { a: '1', b: '' },
    { a: '', b: '2' },
  ])
})

test('a quoted empty cell alone in its line is a row', () => {
  assert.equal(rowsOf('a\n""\nx\n'), [{ a: '' }, { a: 'x' }])
})

test('a header alone is a list without rows', () => {
  assert.equal(rowsOf('a,b\n'), [])
})

test('headers keep their spelling', () => {
  assert.equal(rowsOf('First Name,e-mail\nAda,x\n'), [{ 'First Name': 'Ada', 'e-mail': 'x' }])
})

test('faults are placed', () => {
  assert.is(faultOf('a,b\n1,2\n\n3\n'), '3')
  assert.is(faultOf('a,b\n1,"2\n3,4\n'), '"2')
  assert.is(faultOf('a,b\r\n1,2\r\n3,4"5\r\n'), '3,4"5')
  assert.is(faultOf('a,"b",b\n'), 'b')
  assert.is(faultOf('a,constructor\n'), 'constructor')
})

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '{', 'é', '🙂', '') }),
  fc.string(),
)
const tables = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }))

const write = (text: string, isQuoted: boolean): string =>
  isQuoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

for (const [what, text] of Object.entries({
  semicolons: 'id;name\n1;Ada\n',
  'semicolons and decimal commas': 'id;price\r\n1;2,5\r\n',
  'semicolons and quotes': '"id";"last, first"\n1;"Lovelace, Ada"\n',
  'semicolons after a byte-order mark': '\ufeffid;name\n',
  tabs: 'id\tname\n1\tAda\n',
})) {
  test(`cells that are parted by ${what} are told as such, with what to do`, () => {
    const found = readCsv({ path: 'data/a.csv', text })
    assert.ok('code' in found)
    assert.is(found.code, 'data/csv')
    assert.match(found.hint ?? '', 'separator:')
    assert.is(found.range?.start, text.startsWith('\ufeff') ? 1 : 0)
    assert.is(found.range?.end, text.search(/[\r\n]/))
  })
}

test('a semicolon or tab in a cell is one, and in a header beside commas or in quotes, too', () => {
  for (const text of ['id,a;b\n1,x;y\n', '"a;b"\nx;y\n', 'id\nx;y\n', 'id,"a\tb"\n1,2\n'])
    assert.not('code' in readCsv({ path: 'data/a.csv', text }), text)
})

/** Rows of nothing at the end are none. */
const withoutBlank = (table: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  table.slice(0, table.findLastIndex((row) => row.some((cell) => cell.trim() !== '')) + 1)

const wanted = [
  { id: '1', name: 'Lovelace, Ada' },
  { id: '2', name: 'Zoë' },
]
for (const [what, separator, text] of [
  ['semicolons', ';', 'id;name\n1;Lovelace, Ada\n2;Zoë\n'],
  ['semicolons and quotes', ';', '\ufeff"id";"name"\r\n"1";"Lovelace, Ada"\r\n"2";"Zoë"\r\n'],
  ['tabs', '\t', 'id\tname\n1\tLovelace, Ada\n2\tZoë\n'],
  ['bars', '|', 'id|name\n1|Lovelace, Ada\n2|Zoë\n'],
  ['Excel’s own line first', ';', 'sep=;\r\nid;name\r\n1;Lovelace, Ada\r\n2;Zoë\r\n'],
  ['Excel’s own line and a byte-order mark', '\t', '\ufeffsep=\t\nid\tname\n1\tLovelace, Ada\n2\tZoë\n'],
  [
    'PowerShell’s type',
    ',',
    '#TYPE System.Management.Automation.PSCustomObject\r\n"id","name"\r\n"1","Lovelace, Ada"\r\n"2","Zoë"\r\n',
  ],
  ['rows of commas at the end', ',', 'id,name\n1,"Lovelace, Ada"\n2,Zoë\n,\n , \n,,,\n\n'],
  ['rows of semicolons at the end', ';', 'id;name\n1;Lovelace, Ada\n2;Zoë\n;\n;;\n'],
] as const)
  test(`a list with ${what} is read`, () => {
    const table = readCsv({ path: 'data/a.csv', text }, separator)
    assert.not('code' in table)
    if ('code' in table) return
    assert.equal([...table.rows()], wanted)
    assert.is(table.count, 2)
    const { start, end } = locateCell(
      { path: 'data/a.csv', text },
      { row: 2, column: 1 },
      layoutOf(text, separator),
    )
    assert.match(text.slice(start, end), /^"?Zoë"?$/)
  })

test('a row of commas between others stays one', () => {
  const table = readCsv({ path: 'data/a.csv', text: 'id,name\n,\n1,x\n' })
  assert.is('code' in table ? table.message : table.count, 2)
})
for (const [text, separator] of [
  ['id,name\n1,x\n', ';'],
  ['id;name\n1;x\n', '\t'],
  ['id|name\n1|x\n', ','],
  ['sep=;\nid;name\n1;x\n', ','],
  ['PK\u0003\u0004\u0014\u0000', ','],
] as const)
  test(`${JSON.stringify(text)} parted by ${JSON.stringify(separator)} is refused, with what to do`, () => {
    const found = readCsv({ path: 'data/a.csv', text }, separator)
    assert.ok('code' in found && found.hint !== undefined)
  })

test('property: any text in any cell comes back, and every cell is found', () => {
  fc.assert(
    fc.property(
      tables,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      fc.boolean(),
      (table, end, isQuoted, hasMark) => {
        const width = table[0]?.length ?? 1
        const columns = Array.from({ length: width }, (_, index) => `c${index}`)
        // A row of one empty cell is written with quotes, since an empty line is no row.
        const lines = [columns, ...table].map((row) =>
          row.map((each) => write(each, isQuoted || row.length === 1)).join(','),
        )
        const text = (hasMark ? '\ufeff' : '') + lines.map((line) => line + end).join('')
        assert.equal(
          rowsOf(text).map((row) => columns.map((name) => row[name])),
          withoutBlank(table),
        )
        for (const [row, cells] of table.entries()) {
          for (const [column, value] of cells.entries()) {
            const { start, end: stop } = locateCell(
              { path, text },
              { row: row + 1, column },
              layoutOf(text, ','),
            )
            assert.is(text.slice(start, stop), write(value, isQuoted || width === 1))
          }
        }
      },
    ),
    { seed: 3, numRuns: 300 },
  )
})

test('without quotes, lists are read as the parser reads them', () => {
  const piece = fc.constantFrom('a', 'b', ',', ',', '\n', '\r', '\r\n', ' ', 'é', '\ufeff', '\u2028')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      const text = pieces.join('')
      const layout = layoutOf(text, ',')
      const parsed = parseQuoted(text, layout)
      if ('code' in parsed) throw new Error(parsed.words)
      const { rows, ...split } = splitUnquoted(text, layout)
      const { rows: expected, ...others } = parsed
      assert.equal([...rows()], [...expected()])
      assert.equal(split, others)
    }),
    { seed: 20261123, numRuns: 3000 },
  )
})

test.run()
