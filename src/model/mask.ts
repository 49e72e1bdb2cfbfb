/** `+14255550100` as `+1425•••0100`: enough to recognize, too little to dial. At least three characters are hidden. */
export function maskNumber(number: string): string {
  const characters = [...number]
  const { length } = characters
  if (length < 9) return '•'.repeat(length)
  const head = characters.slice(0, Math.min(5, length - 7))
  return `${head.join('')}•••${characters.slice(-4).join('')}`
}

/** `Adele Vance` as `A•••`. */
export function maskName(name: string): string {
  const characters = [...name]
  return characters.length < 3 ? '•••' : `${characters[0]}•••`
}
