const matchToken = /[\p{L}\p{N}\p{M}_]+(?:[.'’][\p{L}\p{N}\p{M}_]+)*/gu
const asciiMatchToken = /[a-z0-9_]+(?:[.'][a-z0-9_]+)*/g
const asciiWord = /[a-z0-9_]+/g
const word = /[\p{L}\p{N}_]+/gu
const ascii = /^[\0-\x7f]*$/

/**
 * The tokens that `match` sees in a text, in lower case: letters, digits and underscores in a row, where a single dot or
 * apostrophe between two of them holds them together (`ding.dong` is one token, `foo-bar` two).
 */
export function matchTokens(text: string): string[] {
  return text.toLowerCase().match(ascii.test(text) ? asciiMatchToken : matchToken) ?? []
}

/** The words that `text::query` sees in a text: in lower case and without accents, `ding.dong` as two. */
export function words(text: string): string[] {
  return wordsInFolded(folded(text))
}

/** The words of a text that is folded already. */
export function wordsInFolded(text: string): string[] {
  return text.match(ascii.test(text) ? asciiWord : word) ?? []
}

/** A text in lower case and without accents. */
export function folded(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
}
