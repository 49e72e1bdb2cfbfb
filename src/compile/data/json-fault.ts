const token =
  /[ \t\r\n]+|[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y

/** What may follow, by what is expected. */
type Expected = 'value' | 'first item' | 'first name' | 'name' | 'colon' | 'more'

/** Where a text stops being JSON: JSON's own parser does not say so in a form to build on. */
export function findJsonFault(text: string): number {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    token.lastIndex = at
    const found = token.exec(text)?.[0]
    if (found === undefined) return at
    if (found.trim() !== '') {
      const next = follow(found, expected, open)
      if (next === undefined) return at
      expected = next
    }
    at += found.length
  }
  return at
}

function follow(found: string, expected: Expected, open: string[]): Expected | undefined {
  if (found === '}' || found === ']') return close(found, expected, open)
  if (expected === 'colon') return found === ':' ? 'value' : undefined
  if (expected === 'more') {
    if (found !== ',' || open.length === 0) return undefined
    return open.at(-1) === '}' ? 'name' : 'value'
  }
  if (expected === 'name' || expected === 'first name') return found.startsWith('"') ? 'colon' : undefined
  if (found === ',' || found === ':') return undefined
  if (found !== '{' && found !== '[') return 'more'
  open.push(found === '{' ? '}' : ']')
  return found === '{' ? 'first name' : 'first item'
}

function close(found: string, expected: Expected, open: string[]): Expected | undefined {
  const first = found === '}' ? 'first name' : 'first item'
  if (open.at(-1) !== found || (expected !== 'more' && expected !== first)) return undefined
  open.pop()
  return 'more'
}
