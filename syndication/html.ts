/** HTML that may go to a reader as it is. Only `html` and `trusted` make it; everything else is text. */
export class SafeHtml {
  readonly #markup: string

  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

export type HtmlValue = SafeHtml | string | number | false | undefined | readonly HtmlValue[]

/**
 * A template whose values are escaped unless they are `SafeHtml`, for element content and for attribute
 * values in double quotes. `false` and `undefined` leave nothing; lists are joined.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return new SafeHtml(
    strings.reduce((markup, piece, index) => markup + markupOf(values[index - 1]) + piece),
  )
}

/** An attribute with its leading space, or nothing when there is no value. */
export function attribute(name: string, value: string | number | boolean | undefined): SafeHtml {
  if (value === undefined || value === false) return new SafeHtml('')
  return new SafeHtml(value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`)
}

/** Markup from a renderer that escapes by itself. The one other door to `SafeHtml`: use it knowingly. */
export function trusted(markup: string): SafeHtml {
  return new SafeHtml(markup)
}

const entities: {[character: string]: string} = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (value instanceof SafeHtml) return value.toString()
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  return value.map(markupOf).join('')
}
