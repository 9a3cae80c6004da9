import {toHTML, type PortableTextComponents} from '@portabletext/to-html'
import {z} from 'zod'

import {maybe} from '../queries/answer.ts'
import {figure, type Body} from '../queries/storyFields.ts'
import {figureHtml} from './figure.ts'
import {escapeHtml, html, trusted, type SafeHtml} from './html.ts'
import {storyPath, type Page} from './page.ts'

const link = z.object({href: maybe(z.string()), storySlug: maybe(z.string())})
const pullQuote = z.object({quote: maybe(z.string()), attribution: maybe(z.string())})
const embed = z.object({url: maybe(z.string()), title: maybe(z.string())})

const schemes = new Set(['http:', 'https:', 'mailto:'])

/**
 * A story's text as HTML. All text is escaped; links lead to http, https and mailto addresses or to stories
 * of ours, any other is its words alone; an embed is a link, so that nothing foreign runs on the page;
 * what the model does not know leaves its text and nothing else.
 */
export function bodyHtml(page: Page, body: Body): SafeHtml {
  return trusted(toHTML(body, {components: componentsFor(page), onMissingComponent: false}))
}

/** An address that a page may link to, as the browser will read it; `undefined` for any other. */
export function safeAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return schemes.has(url.protocol) ? url.href : undefined
}

function componentsFor(page: Page): PortableTextComponents {
  const plain = ({children}: {children?: string}) => children ?? ''
  const element = (name: string) => (options: {children?: string}) =>
    `<${name}>${options.children ?? ''}</${name}>`
  return {
    escapeHTML: escapeHtml,
    hardBreak: () => '<br>',
    types: {
      figureWithCaption: ({value}) => {
        const read = figure.safeParse(value)
        return read.success ? figureHtml(page, read.data).toString() : ''
      },
      pullQuote: ({value}) => pullQuoteHtml(value).toString(),
      embed: ({value}) => embedHtml(page, value).toString(),
    },
    marks: {
      strong: element('strong'),
      em: element('em'),
      code: element('code'),
      underline: plain,
      'strike-through': plain,
      link: ({value, children}) => linkHtml(value, trusted(children)).toString(),
    },
    block: {
      normal: ({children}) => (children ? `<p>${children}</p>` : ''),
      h3: element('h3'),
      h4: element('h4'),
      blockquote: ({children}) => `<blockquote><p>${children ?? ''}</p></blockquote>`,
    },
    list: {bullet: element('ul'), number: element('ol')},
    listItem: element('li'),
    unknownBlockStyle: element('p'),
    unknownList: element('ul'),
    unknownListItem: element('li'),
    unknownMark: plain,
    unknownType: () => '',
  }
}

function linkHtml(value: unknown, children: SafeHtml): SafeHtml {
  const {href, storySlug} = link.catch({href: undefined, storySlug: undefined}).parse(value ?? {})
  if (storySlug) return html`<a href="${storyPath(storySlug)}">${children}</a>`
  const address = safeAddress(href)
  return address === undefined
    ? children
    : html`<a href="${address}" rel="noopener">${children}</a>`
}

function pullQuoteHtml(value: unknown): SafeHtml {
  const read = pullQuote.safeParse(value)
  const {quote, attribution} = read.success ? read.data : {}
  if (!quote) return html``
  const name = attribution && html`<figcaption>${attribution}</figcaption>`
  return html`<figure class="pull-quote">
    <blockquote><p>${quote}</p></blockquote>
    ${name}
  </figure>`
}

function embedHtml(page: Page, value: unknown): SafeHtml {
  const read = embed.safeParse(value)
  const address = read.success ? safeAddress(read.data.url) : undefined
  if (!read.success || address === undefined) return html``
  const {hostname} = new URL(address)
  const words = page.words.watchElsewhere(read.data.title ?? address, hostname)
  return html`<p class="embed"><a href="${address}" rel="noopener">${words}</a></p>`
}
