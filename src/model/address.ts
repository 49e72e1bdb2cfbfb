/**
 * What two addresses have in common when they mean the same call: their text in NFC, without letter case, with each
 * run of white space as one space. Lists are exported again with capitals, occasions typed again with other spaces:
 * neither is leave to ring. Only for comparing; an address is shown and written as it was first placed.
 */
export const keyOfAddress = (address: string): string =>
  isPlain.test(address) ? address.toLowerCase() : foldText(address)

/** Most addresses. */
const isPlain = /^[\x21-\x7e]*$/

/** Capitals first: letters that differ as small ones, such as the two small sigmas, have one capital. */
const foldText = (text: string): string =>
  text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC').replace(/\s+/gu, ' ').trim()
