const tokens = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', 'null', 'true', '-1', '1e999', '""', '{}', '\n', '\0'],
  ...['<<<<<<< HEAD\n', '=======\n', '>>>>>>> theirs\n', '"__proto__": {},', '"calls": {},', '\ufeff'],
  ...['"state": "failed"', '"state": "placed"', '"lockfileVersion": 2', '"a": {', '\ud800', '  '],
]

/** Every prefix, at every so manyeth length. */
export const cutEverywhere = (whole: Buffer, step: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(whole.length / step) }, (_, index) => whole.subarray(0, index * step))

/** As git leaves a file that it could not merge: two versions of some lines. */
export function conflictAt(whole: Buffer, line: number): Buffer {
  const lines = whole.toString('utf8').split('\n')
  const ours = lines.slice(line, line + 2)
  const conflict = ['<<<<<<< HEAD', ...ours, '=======', ...ours, '>>>>>>> theirs']
  return Buffer.from([...lines.slice(0, line), ...conflict, ...lines.slice(line + 2)].join('\n'))
}

/** One to four small injuries: a bit, a byte, a piece lost, doubled or moved, a token put in. */
export function mutate(whole: Buffer, random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(whole)
  const injuries = 1 + Math.floor(random() * 4)
  for (let count = 0; count < injuries; count += 1) bytes = injure(bytes, random)
  return bytes
}

function injure(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * (bytes.length + 1))
  const end = Math.min(bytes.length, at + Math.floor(random() ** 3 * 400))
  const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)]
  switch (Math.floor(random() * 7)) {
    case 0:
      return flipBit(bytes, at, random)
    case 1:
      return Buffer.concat([before, Buffer.from([Math.floor(random() * 256)]), bytes.subarray(at + 1)])
    case 2:
      return Buffer.concat([before, after])
    case 3:
      return Buffer.concat([before, piece, piece, after])
    case 4:
      return Buffer.concat([after, before, piece])
    case 5:
      return Buffer.concat([before, Buffer.from(tokens[Math.floor(random() * tokens.length)]!), after])
    default:
      return Buffer.concat([before, Buffer.from(tokens[Math.floor(random() * tokens.length)]!), piece, after])
  }
}

function flipBit(bytes: Buffer, at: number, random: () => number): Buffer {
  const flipped = Buffer.from(bytes)
  if (at < flipped.length) flipped[at] = flipped[at]! ^ (1 << Math.floor(random() * 8))
  return flipped
}
