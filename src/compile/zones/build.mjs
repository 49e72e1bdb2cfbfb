// Writes zones.generated.js, the time zones of this build, from moment-timezone's data: `node src/compile/zones/build.mjs`.
// Kept of each zone are its offsets and when they change; names of times (`CET`) and countries are not.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { version, zones, links } = require('moment-timezone/data/packed/latest.json')

/** A number to the base 60, its digits 0-9a-zA-X, with seconds behind the point where the unit is a minute. */
function readSixty(text) {
  const sign = text.startsWith('-') ? -1 : 1
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  let value = 0
  for (const digit of whole) value = value * 60 + digitOf(digit)
  let part = 1
  for (const digit of fraction) {
    part /= 60
    value += digitOf(digit) * part
  }
  return sign * value
}

function digitOf(digit) {
  const code = digit.charCodeAt(0)
  return code > 96 ? code - 87 : code > 64 ? code - 29 : code - 48
}

/** `OFFSETS|CHANGES`: seconds east of UTC; at which second, counted from the last change, which offset begins. */
function packZone(packed) {
  const [name, , offsets, indices, changes] = packed.split('|')
  const seconds = offsets.split(' ').map((each) => Math.round(readSixty(each) * -60))
  const known = [...new Set(seconds)]
  const steps = changes === '' ? [] : changes.split(' ').map((each) => Math.round(readSixty(each) * 60))
  const order = [...indices].map((each) => known.indexOf(seconds[digitOf(each)]))
  const kept = []
  let pending = 0
  let last = order[0]
  let time = 0
  for (const [index, step] of steps.entries()) {
    pending += step
    time += step
    // Later years are like earlier ones; see zones.ts.
    if (time * 1000 > Date.UTC(2100, 0, 2)) break
    const next = order[index + 1]
    if (next === last) continue
    kept.push(`${pending.toString(36)}:${next}`)
    pending = 0
    last = next
  }
  return [name, `${known.join(' ')}|${order[0]}|${kept.join(' ')}`]
}

const byName = Object.fromEntries(zones.map(packZone))
const aliases = Object.fromEntries(links.map((link) => link.split('|').reverse()))
const write = (file, text) => {
  const url = new URL(file, import.meta.url)
  try {
    if (readFileSync(url, 'utf8') === text) return
  } catch {}
  writeFileSync(url, text)
}
write(
  'zones.generated.js',
  `export const zones = ${JSON.stringify(byName)}\nexport const aliases = ${JSON.stringify(aliases)}\n`,
)
write('zone-version.generated.js', `export const zoneVersion = ${JSON.stringify(version)}\n`)
