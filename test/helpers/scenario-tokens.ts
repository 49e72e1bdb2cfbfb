/** Replaces what differs from run to run by names that do not. */
export type Normalize = (text: string) => string

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const time = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** What stands in `given` (the scenario's own files and commands) stays as it is. Ids are numbered as they come up. */
export function createNormalize(folder: string, given: string): Normalize {
  const names = new Map<string, string>()
  const nameOf = (id: string): string => {
    if (given.includes(id)) return id
    const known = names.get(id) ?? `<uuid-${names.size + 1}>`
    names.set(id, known)
    return known
  }
  return (text) =>
    text
      .replaceAll(folder, '<workspace>')
      .replace(uuid, nameOf)
      .replace(time, (found) => (given.includes(found) ? found : '<time>'))
      .replace(/\b\d{4}-\d\d(?= \(UTC\))/g, '<month>')
      .replace(/"month":( ?)"\d{4}-\d\d"/g, '"month":$1"<month>"')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
      // How far a call has come depends on how busy the machine is.
      .replace(/\b(establishing|ringing( {5})?|established ?)(?= {2})/g, '<live-state>')
      .replace(/"(establishing|ringing|established)"/g, '"<live-state>"')
      // Who runs the tests.
      .replace(/\bby \S+(?= {2}|$)/gm, 'by <operator>')
      .replace(/"(by|forgottenBy)": "[^"]*"/g, '"$1": "<operator>"')
      .replace(/waiting \d+\.\d s/g, 'waiting <duration>')
}
