/** Title, sentence and link of a page that has no story to show. */
export type Notice = {title: string; sentence: string}

/** Everything that a page says in its own voice, in one language. */
export type Words = {
  /** BCP 47, for `lang` and for the words themselves. */
  language: string
  /** BCP 47, for the forms of times and numbers. */
  locale: string
  skipToContent: string
  frontPage: string
  breakingNews: string
  labels: {
    flash: string
    breaking: string
    developing: string
    correction: string
    clarification: string
    killed: string
    withdrawn: string
  }
  /** "Update" for the first (or an uncounted) update, "2nd update" from the second on. */
  update: (number: number | undefined) => string
  by: (authors: string) => string
  firstPublished: string
  updated: string
  updates: string
  correctionsAndClarifications: string
  related: string
  moreStories: string
  source: string
  picture: {missing: string; file: string; credit: (name: string) => string}
  watchElsewhere: (title: string, host: string) => string
  headlineMissing: string
  backToFrontPage: string
  tryAgain: string
  notFound: Notice
  gone: Notice
  /** Something in this program went wrong. */
  failed: Notice
  /** The store of all stories does not answer. */
  unavailable: Notice
  empty: Notice
  /** `time` is when the page was made. */
  offline: (time: string) => string
  publishedBy: (publisher: string) => string
}
