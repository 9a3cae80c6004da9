import type {Figure} from '../queries/storyFields.ts'
import {attribute, html, type SafeHtml} from './html.ts'
import {imageSet} from './images.ts'
import type {Page} from './page.ts'

export type PictureOptions = {
  /** CSS `sizes`: how wide the picture stands on the page. */
  sizes: string
  /** Width by height, when the place has an aspect of its own. */
  aspect?: number
  /** The first picture on the page: fetched at once, not when it comes into view. */
  first?: boolean
}

export const columnSizes = '(min-width: 48rem) 44rem, 100vw'

/** A picture in the text with its caption and credit in one quiet line. */
export function figureHtml(page: Page, figure: Figure, first = false): SafeHtml {
  const caption = captionHtml(page, figure)
  return html`<figure class="figure">
    ${pictureHtml(page, figure, {sizes: columnSizes, first})}${caption}
  </figure>`
}

/**
 * The picture alone, its place kept by its size and filled by a blurred version until it has come. Without
 * an image: a neutral frame at the usual aspect that says so.
 */
export function pictureHtml(page: Page, figure: Figure, options: PictureOptions): SafeHtml {
  const {sizes, aspect, first = false} = options
  const image = imageSet(figure.image, page.images, aspect)
  if (!image) {
    return html`<span class="picture picture-missing"
      ><span>${page.words.picture.missing}</span></span
    >`
  }
  const blurred =
    image.lqip && html`<img class="lqip" src="${image.lqip}" alt="" aria-hidden="true" />`
  return html`<span class="picture"
    >${blurred}<img
      src="${image.src}"
      srcset="${image.srcset}"
      sizes="${sizes}"
      width="${image.width}"
      height="${image.height}"
      alt="${figure.alt ?? ''}"
      decoding="async"
      ${first ? attribute('fetchpriority', 'high') : attribute('loading', 'lazy')}
  /></span>`
}

function captionHtml({words}: Page, {caption, credit, filePhoto}: Figure): SafeHtml {
  const saysFile = /^file\b/i.test(caption ?? '')
  const parts = [
    caption && html`<span>${caption}</span>`,
    filePhoto === true && !saysFile && html`<span>${words.picture.file}</span>`,
    credit && html`<span class="credit">${words.picture.credit(credit)}</span>`,
  ].filter((part) => part !== undefined && part !== false && part !== '')
  if (parts.length === 0) return html``
  return html`<figcaption>${parts.flatMap((part) => [part, ' '])}</figcaption>`
}
