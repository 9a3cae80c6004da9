import type {Card, Story} from '../queries/storyFields.ts'
import {bodyHtml, safeAddress} from './body.ts'
import {earlierCorrections, freshCorrections, updateList} from './changes.ts'
import {figureHtml} from './figure.ts'
import {attribute, html, type SafeHtml} from './html.ts'
import {labelHtml} from './label.ts'
import {directionOf} from './language.ts'
import {pageIn, storyPath, type Page} from './page.ts'

/** A whole story as a reader sees it, from its label to what is related. */
export function storyHtml(page: Page, story: Story): SafeHtml {
  return html`<article class="story">
      <header class="story-head">
        ${labelHtml(page, story)}
        <h1${attribute('class', isLong(story.headline) && 'long')}>
          ${story.headline ?? page.words.headlineMissing}
        </h1>
        ${story.standfirst && html`<p class="standfirst">${story.standfirst}</p>`}
        <div class="story-facts">${bylineHtml(page, story)}${publicationTimes(page, story)}</div>
      </header>
      ${freshCorrections(page, story)}
      ${story.leadFigure && figureHtml(page, story.leadFigure, true)}
      <div class="story-text">
        ${bodyHtml(page, story.lede)} ${story.sections.map((section) => sectionHtml(page, section))}
      </div>
      ${sourceHtml(page, story)} ${updateList(page, story)} ${earlierCorrections(page, story)}
    </article>
    ${relatedHtml(page, story.related)}`
}

/**
 * What a publication can change beside the words of a story: label, times, corrections and updates, under its
 * headline. The Studio shows it before a change is published.
 */
export function storyChangesHtml(page: Page, story: Story): SafeHtml {
  return html`<article class="story">
    <header class="story-head">
      ${labelHtml(page, story)}
      <h1${attribute('class', isLong(story.headline) && 'long')}>
        ${story.headline ?? page.words.headlineMissing}
      </h1>
      <div class="story-facts">${publicationTimes(page, story)}</div>
    </header>
    ${freshCorrections(page, story)} ${updateList(page, story)} ${earlierCorrections(page, story)}
  </article>`
}

/** From how many characters on a headline is set smaller: at full size it would fill a phone's screen. */
const longHeadline = 110

function isLong(headline: string | undefined): boolean {
  return (headline?.length ?? 0) > longHeadline
}

/** Who wrote it: the authors, or the byline that stands in for them. Empty when nobody is named. */
export function authorNames({authors, byline}: Story, locale: string): string {
  const names = authors.flatMap(({name}) => (name ? [name] : []))
  if (names.length === 0) return byline ?? ''
  return new Intl.ListFormat(locale, {type: 'conjunction'}).format(names)
}

function sectionHtml(page: Page, section: Story['sections'][number]): SafeHtml {
  return html`<section>
    ${section.heading && html`<h2>${section.heading}</h2>`}
    ${section.figure && figureHtml(page, section.figure)} ${bodyHtml(page, section.body)}
  </section> `
}

function bylineHtml({words, times}: Page, story: Story): SafeHtml {
  const names = authorNames(story, words.locale)
  const {place, date} = story.dateline ?? {}
  const dateline = times.joined(place, date && times.day(date))
  if (names === '' && dateline === '') return html``
  return html`<p class="byline">
    ${names && html`<span class="authors">${words.by(names)}</span>`}
    ${dateline && html`<span class="dateline">${dateline}</span>`}
  </p>`
}

function publicationTimes({words, times}: Page, story: Story): SafeHtml {
  const {firstPublishedAt, lastUpdatedAt} = story
  const parts = [
    firstPublishedAt && html`<span>${words.firstPublished} ${times.stamp(firstPublishedAt)}</span>`,
    lastUpdatedAt && html`<span>${words.updated} ${times.stamp(lastUpdatedAt)}</span>`,
  ].filter((part) => part)
  if (parts.length === 0) return html``
  return html`<p class="published">
    ${parts.flatMap((part, index) => [index > 0 && html`<span aria-hidden="true"> · </span>`, part])}
  </p>`
}

function sourceHtml({words}: Page, {source}: Story): SafeHtml {
  if (!source?.publisher) return html``
  const address = safeAddress(source.url)
  const publisher = address
    ? html`<a href="${address}" rel="noopener">${source.publisher}</a>`
    : source.publisher
  return html`<p class="source">${words.source}: ${publisher}</p>`
}

function relatedHtml(page: Page, related: readonly Card[]): SafeHtml {
  if (related.length === 0) return html``
  const items = related.map(
    (card) =>
      html`<li${languageOf(page, card)}>${labelHtml(pageIn(page, card.language), card)}<a href="${storyPath(card.slug ?? '')}">${card.shortHeadline ?? card.headline}</a></li>`,
  )
  return html`<aside class="related" aria-labelledby="related">
    <h2 id="related">${page.words.related}</h2>
    <ul>
      ${items}
    </ul>
  </aside>`
}

/** `lang` and `dir` of a story that stands on a page of another language. */
export function languageOf(page: Page, {language}: Card): SafeHtml {
  if (language === undefined || language === page.language) return html``
  return html`${attribute('lang', language)}${attribute('dir', directionOf(language))}`
}
