import { posix } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Room, rooms } from './rooms.js'
import { importsOf, listSourceFiles, type SourceFile, sources } from './source-files.js'

const test = suite('rooms')
const files = sources()
const paths = new Set(files.map(({ path }) => path))
const tests = listSourceFiles('test', /\.(ts|mjs)$/)

/** Fails with what the rule is for and what to do, and each place where it is broken. */
const holds = (found: readonly string[], advice: string): void =>
  assert.is(found.length, 0, [advice, ...found].join('\n    '))

/** Files of src that a file imports, types included. */
const importedBy = (file: SourceFile): readonly string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(file.path), name).replace(/\.js$/, '.ts'))
    .filter((path) => paths.has(path))

/** A shortest way from a file back to itself for every file that has one, each circle once. */
function findCircles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circles = new Map<string, string>()
  for (const start of imports.keys()) {
    const before = new Map<string, string>()
    const queue = [start]
    for (const path of queue) {
      for (const next of imports.get(path) ?? []) {
        if (before.has(next)) continue
        before.set(next, path)
        queue.push(next)
      }
    }
    if (!before.has(start)) continue
    const circle = [start]
    for (let at = before.get(start)!; at !== start; at = before.get(at)!) circle.unshift(at)
    circles.set([...circle].sort().join(), [circle.at(-1), ...circle].join(' → '))
  }
  return [...circles.values()].sort()
}

test('no files import one another in a circle, types included', () => {
  holds(
    findCircles(new Map(files.map((file) => [file.path, importedBy(file)]))),
    'Files in a circle can be read, tested and moved only together. Put what goes round, most often a type, into a file of its own that imports neither side, or hand it over as an argument:',
  )
})

test('circles are found', () => {
  const imports = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['d']],
    ['e', ['a']],
  ])
  assert.equal(findCircles(imports), ['d → d', 'c → a → b → c'].sort())
})

/** `compile/yaml` for a file of a room, `compile/.` for one beside the rooms; undefined in a stage without rooms. */
function roomOf(path: string): string | undefined {
  const [, stage, room, ...rest] = path.split('/')
  return stage !== undefined && rooms[stage] !== undefined
    ? `${stage}/${rest.length === 0 ? '.' : room}`
    : undefined
}

const findRoom = (name: string): Room | undefined => {
  const [stage, room] = name.split('/')
  return rooms[stage!]?.[room!]
}

test('every file of a stage with rooms stands in a room that the table knows', () => {
  const strays = files.filter(({ path }) => {
    const name = roomOf(path)
    return name !== undefined && findRoom(name) === undefined
  })
  holds(
    strays.map(({ path }) => path),
    'A room says what a file may know of and what may know of it. Put these into a room of test/house/rooms.ts, or give a new idea a row there:',
  )
})

test('a room imports only the rooms that the table allows', () => {
  const strays = files.flatMap((file) => {
    const own = roomOf(file.path)
    if (own === undefined) return []
    const [stage] = own.split('/')
    return importedBy(file)
      .filter((path) => roomOf(path)?.split('/')[0] === stage && roomOf(path) !== own)
      .filter((path) => !findRoom(own)?.mayImport.includes(roomOf(path)!.split('/')[1]!))
      .map((path) => `${file.path} imports ${path}`)
  })
  holds(
    strays,
    'Rooms inside a stage know one another in one direction, so that each can be read without those that use it. Move what both need into a room below (test/house/rooms.ts), or hand it over as an argument:',
  )
})

test('no room may import one that may import it', () => {
  const reaches = (stage: string, from: string, to: string): boolean =>
    (rooms[stage]![from]?.mayImport ?? []).some((next) => next === to || reaches(stage, next, to))
  const circles = Object.entries(rooms).flatMap(([stage, all]) =>
    Object.keys(all)
      .filter((room) => reaches(stage, room, room))
      .map((room) => `${stage}/${room}`),
  )
  holds(circles, 'Arrows between rooms go one way. Take one of them out of test/house/rooms.ts:')
})

test('the door of every room opens with a paragraph', () => {
  const closed = Object.entries(rooms).flatMap(([stage, all]) =>
    Object.entries(all)
      .map(([room, { door }]) => posix.join('src', stage, room, door))
      .filter((path) => !/^\/\/ \S.{40,}/.test(files.find((file) => file.path === path)?.text ?? '')),
  )
  holds(
    closed,
    'Who opens a room reads at its door what it is for and what it must not do. Begin these files with such a paragraph, as `//` comment:',
  )
})

const mostBeside = 30

test('at most 30 files stand beside one another', () => {
  const counts = new Map<string, number>()
  for (const { path } of [...listSourceFiles('src'), ...tests]) {
    const folder = posix.dirname(path)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  holds(
    [...counts].filter(([, count]) => count > mostBeside).map(([folder, count]) => `${folder}: ${count}`),
    'Among more than 30 files nobody finds the one that he needs. Give those of one idea a folder of their own:',
  )
})

test('a test stands where its source does', () => {
  const places = new Map<string, string[]>()
  for (const { path } of files) {
    const stage = path.split('/')[1]!
    const key = `${stage}/${posix.basename(path, '.ts')}`
    places.set(key, [...(places.get(key) ?? []), posix.dirname(path).slice('src/'.length)])
  }
  const strays = tests.flatMap(({ path }) => {
    if (!path.endsWith('.test.ts')) return []
    const folder = posix.dirname(path).slice('test/'.length)
    const known = places.get(`${folder.split('/')[0]}/${posix.basename(path, '.test.ts')}`)
    return known === undefined || known.includes(folder) ? [] : [`${path}: src/${known.join(', src/')}`]
  })
  holds(strays, 'The test of a file is looked for in the folder of the same name. Move these there:')
})

test.run()
