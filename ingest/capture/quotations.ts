/**
 * A sentence about quotation marks in a line that do not match: a straight one that closes a curly
 * one or is closed by one. Undefined when the marks match. Apostrophes are no quotation marks.
 */
export function strayQuotation(text: string): string | undefined {
  const marks = [...text.matchAll(/["“”‘’']/gu)].filter((match) => !isApostrophe(text, match.index))
  let open: string | undefined
  for (const [mark] of marks) {
    if (open === undefined) {
      // A closing mark first: a quotation that began in the paragraph before.
      open = mark === '”' || mark === '’' ? undefined : mark
    } else if (open === '“' && mark === '"') {
      return 'A straight mark (") closes a curly one (“).'
    } else if (open === '"' && mark === '”') {
      return 'A curly mark (”) closes a straight one (").'
    } else if (open === '‘' && mark === "'") {
      return "A straight mark (') closes a curly one (‘)."
    } else if (open === "'" && mark === '’') {
      return "A curly mark (’) closes a straight one (')."
    } else if (CLOSES[open] === mark) {
      open = undefined
    }
  }
  return undefined
}

const CLOSES: {readonly [opening: string]: string} = {'“': '”', '"': '"', '‘': '’', "'": "'"}

function isApostrophe(text: string, index: number): boolean {
  const mark = text.charAt(index)
  if (mark !== "'" && mark !== '’') return false
  const before = /[\p{L}\p{N}]/u.test(text.charAt(index - 1))
  const after = /[\p{L}\p{N}]/u.test(text.charAt(index + 1))
  // Inside a word, or a short form such as ’90s; after a word it is one only where no quotation is open.
  if (before && after) return true
  if (!before && after && /^\d0s/u.test(text.slice(index + 1))) return true
  const opened = text
    .slice(0, index)
    .search(mark === '’' ? /(?:^|[^\p{L}])['‘]\p{L}/u : /(?:^|[^\p{L}])['‘]\p{L}/u)
  return before && opened === -1
}
