import {leaseLevels} from '../editorial/documents.ts'
import {bannersAt, type Banner} from '../queries/breaking.ts'
import {attribute, html, type SafeHtml} from './html.ts'
import {pulse} from './label.ts'
import {storyPath, type Page} from './page.ts'

/**
 * The strip under the masthead. Its place is always there (the date stands in it), so that breaking news
 * covers the date and slides nothing. The two regions are there from the start, because a screen reader
 * only hears what comes into a region that it knows.
 */
export function stripHtml(page: Page): SafeHtml {
  const [banner] = bannersAt(page.leases, page.now)
  const urgent = banner && isAlert(banner) ? bannerHtml(page, banner) : html``
  const quiet = banner && !isAlert(banner) ? bannerHtml(page, banner) : html``
  return html`<div class="strip" id="breaking" lang="${page.words.language}">
    <p class="strip-date">${page.times.date(page.now)}</p>
    <div role="alert">${urgent}</div>
    <div role="status" aria-label="${page.words.breakingNews}">${quiet}</div>
  </div>`
}

/** One line of breaking news, or of its withdrawal; exactly what readers see, for the Studio's dialogs too. */
export function bannerHtml(page: Page, banner: Banner): SafeHtml {
  return bannerMarkup(page, {
    banner,
    text: banner.text,
    time: page.times.ago(banner.startsAt),
  })
}

/** A flash interrupts a screen reader; all else waits for its turn. */
function isAlert({kind, level}: Pick<Banner, 'kind' | 'level'>): boolean {
  return kind === 'news' && level === 'flash'
}

type BannerParts = {
  banner: Pick<Banner, 'kind' | 'level'> & Partial<Banner>
  text: string
  time: SafeHtml
}

/** The age changes every minute; a screen reader is not told each time. */
function bannerMarkup({words}: Page, {banner, text, time}: BannerParts): SafeHtml {
  const withdrawal = banner.kind === 'withdrawal'
  const look = withdrawal ? 'withdrawal' : banner.level
  const href = banner.storySlug === undefined ? undefined : storyPath(banner.storySlug)
  const name = withdrawal ? `${words.labels.withdrawn}:` : words.labels[banner.level]
  return html`<div
    class="banner banner-${look}"
    ${attribute('data-id', banner._id)}${attribute('data-until', banner.until)}
  >
    <p>
      <span class="banner-label">${!withdrawal && pulse(banner.level)}${name}</span>
      <a class="banner-text" ${attribute('href', href)} dir="auto">${text}</a>
      <span aria-live="off"><span aria-hidden="true">· </span>${time}</span>
    </p>
  </div>`
}

/** An empty banner of each kind, for the script of a live page to fill. */
export function bannerTemplates(page: Page): SafeHtml[] {
  const time = html`<time data-ago="${page.words.locale}"></time>`
  const kinds = [
    ...leaseLevels.map((level) => ({kind: 'news' as const, level})),
    {kind: 'withdrawal' as const, level: 'flash' as const},
  ]
  return kinds.map((banner) => {
    const name = banner.kind === 'news' ? banner.level : banner.kind
    return html`<template id="banner-${name}"
      >${bannerMarkup(page, {banner, text: '', time})}</template
    > `
  })
}
