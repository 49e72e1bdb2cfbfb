import type { BrotliOptions, ZlibOptions } from 'node:zlib'

/** A body with its content encodings taken off, as far as that could be done. */
export interface Unpacked {
  readonly bytes: Buffer
  /** False where something is missing: what is there is its beginning. */
  readonly isWhole: boolean
  /** An encoding that stays, because nothing here can take it off. */
  readonly unread?: string
}

type Zlib = typeof import('node:zlib')
type Decode = (bytes: Buffer, limit: number, isLenient: boolean) => Buffer

/** More than that nobody stacks. */
const mostEncodings = 3

/**
 * `identity` is asked for, but losing a call's id to a gateway's zeal would be worse than unpacking: whatever can be
 * read of a body without its end, or of a damaged one, is read, up to `limit` bytes.
 */
export async function unpack(bytes: Buffer, encoding: string, limit: number): Promise<Unpacked> {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-/, ''))
    .filter((name) => name !== '' && name !== 'identity')
  // Nobody's JSON begins like that, but a gateway may forget to say what it did.
  if (names.length === 0 && bytes[0] === 0x1f && bytes[1] === 0x8b) names.push('gzip')
  if (names.length === 0) return { bytes, isWhole: true }
  const zlib = await import('node:zlib')
  let current: Unpacked = { bytes, isWhole: true }
  for (const name of names.slice(-mostEncodings).reverse()) {
    const next = unpackOnce(current.bytes, decodersOf(name, zlib), limit)
    if (next === undefined) return { ...current, isWhole: false, unread: name.slice(0, 20) }
    current = { bytes: next.bytes, isWhole: next.isWhole && current.isWhole }
  }
  return names.length > mostEncodings ? { ...current, isWhole: false } : current
}

function decodersOf(name: string, zlib: Zlib): readonly Decode[] {
  const { constants } = zlib
  const flush = (limit: number, isLenient: boolean): ZlibOptions => ({
    maxOutputLength: limit,
    ...(isLenient && { finishFlush: constants.Z_SYNC_FLUSH }),
  })
  const gunzip: Decode = (bytes, limit, isLenient) => zlib.gunzipSync(bytes, flush(limit, isLenient))
  const inflate: Decode = (bytes, limit, isLenient) => zlib.inflateSync(bytes, flush(limit, isLenient))
  const inflateRaw: Decode = (bytes, limit, isLenient) => zlib.inflateRawSync(bytes, flush(limit, isLenient))
  const brotli: Decode = (bytes, limit, isLenient) => {
    const lenient: BrotliOptions = isLenient ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}
    return zlib.brotliDecompressSync(bytes, { maxOutputLength: limit, ...lenient })
  }
  if (name === 'gzip') return [gunzip, inflate]
  // Some send it as it is, without the frame that the name stands for.
  if (name === 'deflate') return [inflate, inflateRaw, gunzip]
  if (name === 'br') return [brotli]
  if (name === 'zstd') return zstdOf(zlib)
  return []
}

/** Newer Node has it. */
function zstdOf(zlib: Zlib): readonly Decode[] {
  const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (bytes: Buffer, options: object) => Buffer }
  if (zstdDecompressSync === undefined) return []
  return [(bytes, limit) => zstdDecompressSync(bytes, { maxOutputLength: limit })]
}

function unpackOnce(bytes: Buffer, decoders: readonly Decode[], limit: number): Unpacked | undefined {
  for (const decode of decoders) {
    const whole = attempt(() => decode(bytes, limit, false))
    if (whole !== undefined) return { bytes: whole, isWhole: true }
  }
  if (isPlain(bytes)) return { bytes, isWhole: true }
  for (const decode of decoders) {
    const found = unpackStart(bytes, (part) => attempt(() => decode(part, limit, true)))
    if (found.length > 0) return { bytes: found, isWhole: false }
  }
  return undefined
}

/** Said to be packed, and is none: JSON begins as nothing does that is packed. */
const isPlain = (bytes: Buffer): boolean => /^\s*[{[]\s*["{}[\]]/.test(bytes.toString('latin1', 0, 64))

/** The longest beginning that can be read: what is damaged, or would be too long, spoils all after it. */
function unpackStart(bytes: Buffer, decode: (part: Buffer) => Buffer | undefined): Buffer {
  let best: Buffer = Buffer.alloc(0)
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const length = bad > bytes.length ? bytes.length : (good + bad) >> 1
    const found = decode(bytes.subarray(0, length))
    if (found === undefined) bad = length
    else {
      good = length
      best = found
    }
  }
  return best
}

function attempt(decode: () => Buffer): Buffer | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}
