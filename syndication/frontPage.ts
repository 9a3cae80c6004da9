import {liveLeases} from '../editorial/breaking.ts'
import type {FrontPage} from '../queries/frontPage.ts'
import type {Card} from '../queries/storyFields.ts'
import {pictureHtml} from './figure.ts'
import {html, type SafeHtml} from './html.ts'
import {labelHtml} from './label.ts'
import {pageIn, storyPath, type Page} from './page.ts'
import {languageOf} from './story.ts'

/** How many stories stand beside the lead story. */
const besideCount = 3

/** The front page's content: the lead story large, three beside it, the rest a list. */
export function frontPageHtml(page: Page, front: FrontPage): SafeHtml {
  const stories = inOrder(page, front)
  const [lead, ...others] = stories
  if (!lead) return emptyHtml(page)
  const beside = others.slice(0, besideCount)
  const rest = others.slice(besideCount)
  return html`<h1 class="unseen">${page.settings.title}</h1>
    <div class="front${beside.length === 0 && ' front-alone'}">
      ${leadHtml(page, lead)}
      ${beside.length > 0 && html`<div class="beside">${beside.map((card) => besideHtml(page, card))}</div>`}
    </div>
    ${
      rest.length > 0 &&
      html`<section class="rest" aria-labelledby="rest">
        <h2 id="rest">${page.words.moreStories}</h2>
        <ul>
          ${rest.map((card) => restHtml(page, card))}
        </ul>
      </section>`
    }`
}

/** Stories of live leases first, the most urgent on top; then the newest, counted from the last update. */
function inOrder({now}: Page, {leases, breakingStories, stories}: FrontPage): Card[] {
  const known = new Map([...stories, ...breakingStories].map((card) => [card._id, card]))
  const breaking = liveLeases(leases, now).flatMap(
    (lease) => known.get(lease.article?._ref ?? '') ?? [],
  )
  return [...new Set([...breaking, ...stories])].filter(
    (card, index, all) => all.findIndex((other) => other._id === card._id) === index,
  )
}

function leadHtml(page: Page, card: Card): SafeHtml {
  const sizes = '(min-width: 75rem) 50rem, (min-width: 56.25rem) 66vw, 100vw'
  const picture =
    card.leadFigure?.image?.asset &&
    pictureHtml(page, card.leadFigure, {sizes, aspect: 16 / 9, first: true})
  return html`<article class="card lead" ${languageOf(page, card)}>
    ${picture && html`<div class="card-picture">${picture}</div>`}
    <div class="card-words">${headHtml(pageIn(page, card.language), card, card.opening)}</div>
  </article>`
}

function besideHtml(page: Page, card: Card): SafeHtml {
  const sizes = '(min-width: 56.25rem) 8.5rem, (min-width: 36rem) 31vw, 7rem'
  const picture =
    card.leadFigure?.image?.asset && pictureHtml(page, card.leadFigure, {sizes, aspect: 3 / 2})
  return html`<article class="card" ${languageOf(page, card)}>
    ${picture && html`<div class="card-picture">${picture}</div>`}
    <div class="card-words">${headHtml(pageIn(page, card.language), card)}</div>
  </article> `
}

function restHtml(page: Page, card: Card): SafeHtml {
  return html`<li class="card" ${languageOf(page, card)}>
    <article class="card-words">${headHtml(pageIn(page, card.language), card)}</article>
  </li> `
}

/** Label, headline, standfirst (or the opening words in its place) and time, in the story's own language. */
function headHtml(page: Page, card: Card, opening?: string): SafeHtml {
  const standfirst = card.standfirst ?? opening
  const shownAt = card.updates.at(-1)?.at ?? card.firstPublishedAt
  return html`${labelHtml(page, card)}
    <h2>
      <a href="${storyPath(card.slug ?? '')}">${card.headline ?? page.words.headlineMissing}</a>
    </h2>
    ${standfirst && html`<p class="card-standfirst">${standfirst}</p>`}
    ${shownAt && html`<p class="card-time">${page.times.ago(shownAt)}</p>`}`
}

function emptyHtml({words}: Page): SafeHtml {
  return html`<section class="notice">
    <h1>${words.empty.title}</h1>
    <p>${words.empty.sentence}</p>
    <p><a href="/">${words.tryAgain}</a></p>
  </section>`
}
