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
export const pack = (bytes: Buffer): Buffer => Buffer.from(brotliCompressSync(bytes, options))

export const unpack = (bytes: Buffer): Buffer => brotliDecompressSync(bytes, { chunkSize })
