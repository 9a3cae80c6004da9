import type {Words} from './words.ts'

const endings: Partial<Record<Intl.LDMLPluralRule, string>> = {one: 'st', two: 'nd', few: 'rd'}
const ordinals = new Intl.PluralRules('en', {type: 'ordinal'})

export const english: Words = {
  language: 'en',
  locale: 'en-GB',
  skipToContent: 'Skip to content',
  frontPage: 'Front page',
  breakingNews: 'Breaking news',
  labels: {
    flash: 'Flash',
    breaking: 'Breaking News',
    developing: 'Developing',
    correction: 'Correction',
    clarification: 'Clarification',
    killed: 'Withdrawn',
    withdrawn: 'Withdrawn',
  },
  update: (number = 1) =>
    number > 1 ? `${number}${endings[ordinals.select(number)] ?? 'th'} update` : 'Update',
  by: (authors) => `By ${authors}`,
  firstPublished: 'First published',
  updated: 'Updated',
  updates: 'Updates to this story',
  correctionsAndClarifications: 'Corrections and clarifications',
  related: 'Related stories',
  moreStories: 'More stories',
  source: 'Source',
  picture: {
    missing: 'Picture missing',
    file: 'File photo.',
    credit: (name) => `Picture: ${name}`,
  },
  watchElsewhere: (title, host) => `${title} (on ${host})`,
  headlineMissing: 'No headline yet',
  backToFrontPage: 'To the front page',
  tryAgain: 'Try again',
  notFound: {
    title: 'There is no story at this address',
    sentence:
      'It may have been mistyped, or the story was never published. The latest news is on the front page.',
  },
  gone: {
    title: 'This story has been withdrawn',
    sentence: 'It is no longer available.',
  },
  failed: {
    title: 'This page could not be made',
    sentence: 'Something went wrong on our side, and it has been noted. Try again in a moment.',
  },
  unavailable: {
    title: 'The news cannot be reached just now',
    sentence: 'This is usually over within a minute. Try again in a moment.',
  },
  empty: {
    title: 'Nothing has been published yet',
    sentence: 'The first story will stand here as soon as it is out.',
  },
  offline: (time) => `You are offline. This is the page as it was at ${time}.`,
  publishedBy: (publisher) => `Published by ${publisher}`,
}
