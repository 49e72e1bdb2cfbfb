/** The text of a body, whatever its bytes: UTF-8 unless its header, or its beginning, says otherwise. */
export function readBodyText(bytes: Buffer, contentType: string | null): string {
  const label = labelOf(bytes) ?? /;\s*charset="?([\w.:-]{1,40})"?/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  return decode(bytes, label).replace(/^\ufeff/, '')
}

/** By a mark at the beginning, or by the zero beside the first character, which JSON has in ASCII. */
function labelOf(bytes: Buffer): string | undefined {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined))
    return 'utf-16be'
  return first === 0xef && second === 0xbb ? 'utf-8' : undefined
}

function decode(bytes: Buffer, label: string): string {
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}
