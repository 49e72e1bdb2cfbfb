import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { complaintOf, yieldOf } from './helpers-yield.js'

const all = "yyyy MM MMM MMMM d dd EEE EEEE HH h mm ss a 'and' ''"

const dates = suite('formatDate')

const cases: readonly (readonly [string, string, string, string])[] = [
  ['2026-03-01T22:30:05Z', all, 'UTC', "2026 03 Mar March 1 01 Sun Sunday 22 10 30 05 PM and '"],
  ['2026-03-01T22:30:05.123456Z', 'yyyy-MM-dd HH:mm:ss', 'Asia/Tokyo', '2026-03-02 07:30:05'],
  ['2026-03-01T22:30+02:00', 'HH:mm', 'America/New_York', '15:30'],
  ['2026-03-29T00:59:59Z', 'HH:mm:ss', 'Europe/Berlin', '01:59:59'],
  ['2026-03-29T01:00:00Z', 'HH:mm:ss', 'Europe/Berlin', '03:00:00'],
  ['2026-10-25T00:30:00Z', 'HH:mm', 'Europe/Berlin', '02:30'],
  ['2026-10-25T01:30:00Z', 'HH:mm', 'Europe/Berlin', '02:30'],
  ['2026-01-01T00:00:00Z', 'HH h a', 'UTC', '00 12 AM'],
  ['2026-01-01T12:00:00Z', 'HH h a', 'UTC', '12 12 PM'],
  ['2025-12-31T23:30:00Z', 'yyyy', 'Asia/Kolkata', '2026'],
  ['2026-03-01', 'EEEE, d MMMM yyyy', 'Pacific/Kiritimati', 'Sunday, 1 March 2026'],
  ['2024-02-29', 'EEE dd.MM.yyyy', 'UTC', 'Thu 29.02.2024'],
  ['1900-01-01', 'EEEE', 'UTC', 'Monday'],
  // Before 1582 too the calendar is that of ISO 8601.
  ['1582-10-14T12:00:00Z', 'dd', 'UTC', '14'],
  ['2026-03-01', "'day' d 'o''clock' ñ 💚", 'UTC', "day 1 o'clock ñ 💚"],
  ['2026-03-01', '', 'UTC', ''],
  // The zones of this build, whatever those of Node are.
  ['2026-12-15T17:00:00Z', 'HH:mm', 'America/Vancouver', '10:00'],
  ['2026-12-15T17:00:00Z', 'HH:mm', 'america/vancouver', '10:00'],
  ['2026-07-15T17:00:00Z', 'HH:mm', 'America/Vancouver', '10:00'],
  ['2026-07-15T17:00:00Z', 'HH:mm', 'US/Pacific', '10:00'],
  ['2026-12-15T17:00:00Z', 'HH:mm', 'US/Pacific', '09:00'],
  ['2026-12-15T17:00:00Z', 'HH:mm', 'Etc/GMT+5', '12:00'],
  ['2150-07-15T12:00:00Z', 'HH:mm', 'Europe/Berlin', '14:00'],
  ['2150-01-15T12:00:00Z', 'HH:mm', 'Europe/Berlin', '13:00'],
  ['9999-07-15T12:00:00Z', 'HH:mm', 'Australia/Sydney', '22:00'],
  ['1890-01-01T12:00:00Z', 'HH:mm:ss', 'Europe/Berlin', '12:53:28'],
]
for (const [date, pattern, zone, wanted] of cases)
  dates(`${date} as ${pattern} in ${zone}`, () =>
    assert.is(yieldOf('{{formatDate d p z}}', { d: date, p: pattern, z: zone }), wanted),
  )

dates('other moments are as Node has them, where its zones are no older', () => {
  for (const zone of [
    'Europe/Paris',
    'Asia/Kathmandu',
    'America/New_York',
    'Africa/Casablanca',
    'Pacific/Apia',
  ]) {
    const formatter = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    for (let at = Date.UTC(1975, 0, 1); at < Date.UTC(2025, 0, 1); at += 37 * 86_400_000 + 3_600_000) {
      const d = new Date(at).toISOString()
      assert.is(
        yieldOf('{{formatDate d "yyyy-MM-dd HH:mm:ss" z}}', { d, z: zone }),
        formatter.format(at),
        d + zone,
      )
    }
  }
})
dates('the zone of Manitoba has no winter time of its own any more', () =>
  assert.is(yieldOf('{{formatDate "2027-01-15T12:00:00Z" "HH:mm" "America/Winnipeg"}}'), '07:00'),
)

const mistakes: readonly (readonly [string, string, string, string])[] = [
  ['tomorrow', 'yyyy', 'UTC', 'tomorrow'],
  ['2026-02-30', 'yyyy', 'UTC', '2026-02-30'],
  ['2025-02-29', 'yyyy', 'UTC', '2025-02-29'],
  ['2026-13-01', 'yyyy', 'UTC', '2026-13-01'],
  ['26-01-01', 'yyyy', 'UTC', '26-01-01'],
  ['2026-03-01T09:30:00', 'yyyy', 'UTC', '2026-03-01T09:30:00'],
  ['2026-03-01T24:00:00Z', 'yyyy', 'UTC', '2026-03-01T24:00:00Z'],
  ['2026-03-01T09:60:00Z', 'yyyy', 'UTC', '2026-03-01T09:60:00Z'],
  ['2026-02-30T09:00:00Z', 'yyyy', 'UTC', '2026-02-30T09:00:00Z'],
  ['2026-03-01', 'yyyy-MM-dd HH', 'UTC', 'HH'],
  ['2026-03-01', 'YYYY-MM', 'UTC', 'YYYY'],
  ['2026-03-01', 'd at yyyy', 'UTC', 't'],
  ['2026-03-01', "d 'of", 'UTC', "'"],
  ['2026-03-01', 'constructor', 'UTC', 'c'],
  ['2026-03-01', 'yyyy', 'Europe/Berln', 'Europe/Berln'],
  ['2026-03-01', 'yyyy', '+01:00', '+01:00'],
  ['2026-03-01', 'yyyy', '', '""'],
]
for (const [date, pattern, zone, at] of mistakes)
  dates(`${date} as ${pattern} in ${zone} is refused at ${at}`, () => {
    const found = complaintOf(`{{formatDate "${date}" "${pattern}" "${zone}"}}`)
    assert.is(found?.code, 'expression/arguments')
    assert.is(found?.at, at)
  })

dates('a misspelt zone has a hint', () =>
  assert.is(
    complaintOf('{{formatDate "2026-03-01" "yyyy" "Europe/Berln"}}')?.hint,
    'Did you mean `Europe/Berlin`?',
  ),
)

dates('in UTC every moment reads as it was written', () => {
  const moments = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  const check = (moment: Date): void => {
    const text = moment.toISOString()
    const pattern = "yyyy-MM-dd'T'HH:mm:ss"
    assert.is(yieldOf('{{formatDate d p "UTC"}}', { d: text, p: pattern }), text.slice(0, 19))
  }
  fc.assert(fc.property(moments, check), { seed: 7, numRuns: 100 })
})

dates('any pattern gives text or a complaint', () => {
  const check = (pattern: string): void => {
    complaintOf('{{formatDate "2026-03-01T00:00Z" p "UTC"}}', { p: pattern })
  }
  fc.assert(fc.property(fc.string(), check), { seed: 7, numRuns: 300 })
})

dates.run()
