import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Whole at once: pieces that are joined would be memory twice. */
const chunkSize = 256 * 1024

const options = {
  chunkSize,
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 1,
    // A window as large as a piece: the usual one takes three times the time, and memory of its own.
    [constants.BROTLI_PARAM_LGWIN]: 18,
  },
}

/** Compiled calls are much alike: a thirtieth of their size is left, at half a gigabyte a second. */
export function pack(bytes: Buffer): Buffer {
  const made = brotliCompressSync(bytes, options)
  const packed = Buffer.from(made)
  free(made)
  return packed
}

/** Fills the beginning of `into`, which must be large enough. */
export function unpack(packed: Buffer, into: Buffer): void {
  const made = brotliDecompressSync(packed, { chunkSize })
  made.copy(into)
  free(made)
}

const nowhere = new MessageChannel().port1
nowhere.close()

/**
 * What is handed over to nobody is freed at once. V8 knows these bytes as small objects, and would let some forty
 * megabytes of them pile up before it looks.
 */
function free({ buffer }: Buffer): void {
  if (buffer.byteLength >= chunkSize) nowhere.postMessage(undefined, [buffer as ArrayBuffer])
}
