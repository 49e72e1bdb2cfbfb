// A 6, 7, 8, 10 and B 19: numbers as cells hold them. `e164` is asked with a region.
import { type Case, call, cell } from './case.js'

const e164 = (of: string, text: string, region: string, value: string | undefined): Case => ({
  of,
  what: `${JSON.stringify(text)} in ${region} is ${value ?? 'refused'}`,
  files: cell(text, `{{e164 p.v "${region}"}}`),
  gives: value === undefined ? { codes: ['expression/arguments'] } : { value },
})

const read: readonly (readonly [of: string, text: string, region: string, value: string])[] = [
  ['A 6', '\uff0b390612345678', 'DE', '+390612345678'],
  ['A 6', '\ufe62390612345678', 'DE', '+390612345678'],
  [
    'A 6',
    '\uff0b\uff13\uff19\uff10\uff16\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18',
    'DE',
    '+390612345678',
  ],
  ['A 10', 'tel:425-555-0100;phone-context=+1', 'DE', '+14255550100'],
  ['A 10', '030-123456;phone-context=+49', 'US', '+4930123456'],
  ['A 10', 'TEL:+1.425.555.0100', 'DE', '+14255550100'],
  ['B 19', 'tel:+1-425-555-0100', 'DE', '+14255550100'],
  ['B 19', ' +14255550100', 'DE', '+14255550100'],
  ['B 19', '\u202a+14255550100\u202c', 'DE', '+14255550100'],
  ['B 19', '\u200e+1\u2009425\u202f555\u00a00100', 'DE', '+14255550100'],
  ['B 19', '(+39) 06 12345678', 'DE', '+390612345678'],
  ['B 19', "'+4930123456", 'US', '+4930123456'],
  ['B 19', '="+4930123456"', 'US', '+4930123456'],
  ['B 19', '+44 (0)20 7946 0000', 'DE', '+442079460000'],
]

const refused: readonly (readonly [of: string, text: string, region: string])[] = [
  ['A 7', '030 123456/57', 'DE'],
  ['A 7', '030 123456 / 030 123457', 'DE'],
  ['A 7', '030 123456 oder 030 123457', 'DE'],
  ['A 7', '+1 425 555 0100 or +1 425 555 0101', 'US'],
  ['A 7', '030 123456; 030 123457', 'DE'],
  ['A 7', '+14255550100 ::: +14255550101', 'US'],
  ['A 7', '+14255550100, +14255550101', 'US'],
  ['A 7', '+14255550100\n+14255550101', 'US'],
  ['A 7', '01 42 27 81 86 / 87', 'FR'],
  ['A 8', '+1 242 555 0100', 'US'],
  ['A 8', '14255550100', 'DE'],
  ['A 8', '116117', 'DE'],
  ['A 8', '+1 555 555 0100', 'US'],
  ['A 8', '+49 116117', 'DE'],
  ['B 19', '4,93012E+11', 'DE'],
  ['B 19', '+1 425 555 0100 x12', 'US'],
  ['B 19', '\u202e0010 555 524 1+', 'US'],
]

const phone = (number: string): string =>
  `source: { identity: { applicationInstance: { id: 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e5aa } } }, targets: [{ identity: { phone: { id: "${number}" } } }]`
const rung = (number: string, codes: readonly string[]): Case => ({
  of: 'A 8',
  what: `ringing ${number}: ${codes.join() || 'nothing is said'}`,
  files: call(phone(number)),
  gives: { codes },
})

/** Repeated: what one row is does not depend on those before it. */
const repeated: Case = {
  of: 'A 10',
  what: 'three rows alike are read alike',
  files: {
    ...cell('', '{{e164 p.v "DE"}}'),
    'data/l.csv': ['id,v', ...['a', 'b', 'c'].map((id) => `${id},tel:425-555-0100;phone-context=+1`)].join(
      '\n',
    ),
  },
  gives: { calls: ['page-a', 'page-b', 'page-c'], value: '+14255550100' },
}

export const casesOfNumbers: readonly Case[] = [
  ...read.map(([of, text, region, value]) => e164(of, text, region, value)),
  ...refused.map(([of, text, region]) => e164(of, text, region, undefined)),
  repeated,
  rung('+3531590123456', ['lint/premium-number']),
  rung('+19005550100', ['lint/premium-number']),
  rung('+449098790000', ['lint/premium-number']),
  rung('+4930123456', []),
  rung('+14255550100', []),
  rung('112', ['lint/emergency-number']),
  rung('+49112', ['lint/emergency-number']),
  rung('999', ['lint/emergency-number']),
  rung('+1 425 555 0100', ['lint/phone-format']),
]
