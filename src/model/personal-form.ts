/**
 * What stands where an id belongs, and tells how to reach somebody: an e-mail address (also as sign-in name) or a phone
 * number. Undefined for ids.
 */
export function personalForm(text: string): 'address' | 'number' | undefined {
  if (idForm.test(text) || text === '') return undefined
  const plain = text.normalize('NFKC').replace(/[\s\p{C}]+/gu, '')
  if (/[^@]@[^@]/.test(plain) && !/^\d+:.*@/.test(plain)) return 'address'
  const digits = plain.replace(/^(?:tel|sms|callto|sip|4):/i, '').replace(/(?:;.*|ext\.?\d+|x\d+)$/i, '')
  if (!/^[+\d()./-]+$/.test(digits)) return undefined
  const count = digits.replace(/\D/g, '').length
  return count >= (digits.startsWith('+') ? leastWithPlus : leastDigits) ? 'number' : undefined
}

const idForm = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$|^[a-z]\w*$/i
const leastWithPlus = 3
/** Fewer may be somebody's own counting. */
const leastDigits = 7
