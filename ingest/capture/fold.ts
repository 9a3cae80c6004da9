const INVISIBLE = /\u0307|[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu
const EDGE_MARKS = /^[\s:.…»›>→←|•·*\-–—!()[\]"'«‹“”‘’]+|[\s:.…»›>→←|•·*\-–—!()[\]"'«‹“”‘’]+$/gu

/**
 * The form of a phrase in which the words of page furniture are compared: without case, joiners,
 * marks around it, and the two ways to write Arabic yeh, kaf and digits. Never stored.
 */
export function fold(phrase: string): string {
  return asciiDigits(phrase.normalize('NFKC'))
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replaceAll('ʼ', "'")
    .replaceAll('’', "'")
    .replaceAll('ё', 'е')
    .replace(/\s+/gu, ' ')
    .replace(EDGE_MARKS, '')
}

/** Turns the decimal digits of any script (Persian, Arabic, Bengali …) into 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    if (code < 128) return digit
    // Unicode sets the ten digits of a script in a row; the zero is the last one before a non-digit.
    let zero = code
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
    return String(code - zero)
  })
}

/** A set of folded phrases, written as lines of phrases with bars between them. */
export function phrases(table: string): ReadonlySet<string> {
  return new Set(
    table
      .split(/[|\n]/u)
      .map(fold)
      .filter((phrase) => phrase !== ''),
  )
}
