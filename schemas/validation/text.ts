/** The length of a text as a person counts it: an accent, an emoji or a surrogate pair is one character. */
export function characters(text: string): number {
  return [...graphemes.segment(text)].length
}

const graphemes = new Intl.Segmenter('und', {granularity: 'grapheme'})

/** Whether Portable Text says or shows anything: some words, or a block that is no text (a figure, a quote). */
export function saysSomething(blocks: unknown): boolean {
  return (
    Array.isArray(blocks) &&
    blocks.some((block: unknown) => {
      if (!isRecord(block)) return false
      const {children} = block
      if (block['_type'] !== 'block') return true
      return Array.isArray(children) && children.some((child) => words(child) !== '')
    })
  )
}

/** Whether a value is a plain object, as opposed to an array, a scalar or nothing. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field of an object whose shape is not known, when it is a string. */
export function textOf(value: unknown, field: string): string | undefined {
  const found = isRecord(value) ? value[field] : undefined
  return typeof found === 'string' ? found : undefined
}

function words(child: unknown): string {
  return textOf(child, 'text')?.trim() ?? ''
}
