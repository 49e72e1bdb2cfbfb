import * as fc from 'fast-check'

const scalars = fc.constantFrom(
  ...[
    'one',
    '"two \\u00e9 \\n"',
    "'it''s'",
    '12',
    '-0',
    '1.5',
    'true',
    'null',
    '~',
    '.inf',
    '007',
    '&a x',
    '*a',
  ],
  ...['"{{subject}}"', '{{ oops', '[a, {b: 1}]', '!!str 1', '"\u2028 😀"', '', '@', 'https://bot.example/cb'],
)
const keys = fc.constantFrom('subject', 'uses', 'with', 'a', 'b', '"c d"', '1', '<<', '__proto__', 'é')
const lines = fc
  .tuple(fc.nat(3), fc.boolean(), keys, scalars)
  .map(([depth, isItem, key, value]) => `${'  '.repeat(depth)}${isItem ? '- ' : ''}${key}: ${value}\n`)

/** Small YAML files; about half of them have something wrong. */
export const yamlTexts: fc.Arbitrary<string> = fc.oneof(
  fc.array(lines, { minLength: 1, maxLength: 5 }).map((all) => all.join('')),
  fc
    .uniqueArray(fc.tuple(keys, scalars), { selector: ([key]) => key, minLength: 1, maxLength: 5 })
    .map((all) => all.map(([key, value]) => `${key}: ${value}\n`).join('')),
  fc.constantFrom(
    '',
    '\ufeffa: 1\n',
    'a: |\n  text\n   more\n',
    'a: >-\n  folded\n  text\n',
    'a:\r\n  b: 1\r\n',
    '- 1\n',
  ),
)
