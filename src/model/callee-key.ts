/**
 * What two spellings of one person or number have in common: an id is the same in capitals, a number however its
 * digits are grouped. Only for comparing and counting.
 */
export const keyOfPerson = (id: string): string => id.toLowerCase()

export const keyOfNumber = (number: string): string =>
  grouped.test(number) ? number.replace(/\D/g, '') : number.toLowerCase()

const grouped = /^[+\d ().-]+$/
