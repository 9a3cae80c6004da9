/** A piece of a query that means something; white space and comments are none. */
export type Token = {
  kind: 'name' | 'parameter' | 'number' | 'string' | 'sign'
  text: string
  start: number
  end: number
}

const piece =
  /(?<space>[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+|\/\/[^\n]*)|(?<name>[A-Za-z_]\w*)|(?<parameter>\$[A-Za-z_]\w*)|(?<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?<string>"(?:\\.|[^"\\])*(?:"|$)|'(?:\\.|[^'\\])*(?:'|$))|(?<sign>.)/gsu

/**
 * Cuts a query into tokens (GROQ specification, "Syntax"). It only finds out what is a name, a string or a comment: whether
 * the whole is GROQ is for the parser to say.
 */
export function scan(query: string): Token[] {
  const tokens: Token[] = []
  for (const match of query.matchAll(piece)) {
    const kind = kindOf(match.groups ?? {})
    if (kind === undefined) continue
    const [text] = match
    tokens.push({kind, text, start: match.index, end: match.index + text.length})
  }
  return tokens
}

const kinds = ['name', 'parameter', 'number', 'string', 'sign'] as const

function kindOf(groups: {[name: string]: string | undefined}): Token['kind'] | undefined {
  return kinds.find((kind) => groups[kind] !== undefined)
}
