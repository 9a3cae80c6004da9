import type {Story} from '../queries/storyFields.ts'
import {dayOnly} from '../schemas/dayOnly.ts'
import {trusted, type SafeHtml} from './html.ts'
import {imageAddress} from './images.ts'
import {storyPath, type Page} from './page.ts'

/** Width in pixels and aspects that search engines ask of a news picture. */
const pictureWidth = 1200
const pictureAspects = [16 / 9, 4 / 3, 1]

/** A story as schema.org's NewsArticle, for a `<script type="application/ld+json">`. */
export function newsArticle(page: Page, story: Story): {[field: string]: unknown} {
  const {settings, siteUrl, images} = page
  const address = story.slug === undefined ? undefined : `${siteUrl}${storyPath(story.slug)}`
  const pictures = pictureAspects.flatMap((aspect) => {
    const found = imageAddress(story.leadFigure?.image, images, pictureWidth, aspect)
    return found === undefined ? [] : [new URL(found, siteUrl).href]
  })
  const {firstPublishedAt} = story
  const published = firstPublishedAt && (dayOnly(firstPublishedAt) ?? firstPublishedAt)
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: story.headline,
    description: story.standfirst,
    inLanguage: page.language,
    datePublished: published,
    dateModified: story.lastUpdatedAt ?? published,
    mainEntityOfPage: address,
    url: address,
    image: pictures.length > 0 ? pictures : undefined,
    author: authors(story),
    publisher: {
      '@type': 'NewsMediaOrganization',
      name: settings.publisher,
      ...(settings.logo === undefined ? {} : {logo: settings.logo}),
    },
    dateline: story.dateline?.place,
    correction:
      story.corrections.length === 0
        ? undefined
        : story.corrections.map(({kind, at, text}) => ({
            '@type': 'CorrectionComment',
            name: page.words.labels[kind],
            text,
            datePublished: at,
          })),
  }
}

/** The data block. `<` is written as an escape, so that no text of a story can end the script element. */
export function jsonLdHtml(data: {[field: string]: unknown}): SafeHtml {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return trusted(`<script type="application/ld+json">${json}</script>`)
}

function authors({authors, byline}: Story) {
  const people = authors.flatMap(({name}) => (name ? [{'@type': 'Person', name}] : []))
  if (people.length > 0) return people
  return byline ? [{'@type': 'Person', name: byline}] : undefined
}
