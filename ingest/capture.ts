import {z} from 'zod'

import {article, type Article} from '../editorial/documents.ts'
import {assembleBody, type AssembledBody} from './capture/assemble.ts'
import {readBody} from './capture/body.ts'
import {storedTimeOf} from './capture/dates.ts'
import {dropFurniture} from './capture/furniture.ts'
import {digest, keyMaker, slugOf, storyId} from './capture/identity.ts'
import {guessLanguage} from './capture/language.ts'
import {splitLines, type SourceLine} from './capture/lines.ts'
import {bylineName, readOpening, type Opening} from './capture/opening.ts'
import {ask, quoted, type Question} from './capture/questions.ts'
import {strayQuotation} from './capture/quotations.ts'
import {writeReceipt, type Fate, type Receipt, type ReceiptLine} from './capture/receipt.ts'
import {endsSentence} from './capture/sentences.ts'
import {IngestError} from './ingestError.ts'

const captureOptions = z.object({
  /** Name of the file, which becomes the import's id; no folders. */
  fileName: z.string().min(1),
  /** When the import happens. */
  now: z.date(),
  publishedAt: z.string().optional(),
  language: z.string().optional(),
  publisher: z.string().trim().min(1).optional(),
  sourceUrl: z.string().optional(),
})
export type CaptureOptions = z.input<typeof captureOptions>

/** What a capture was read as. */
export type CapturedStory = {
  /** The story under its published id, without anything that the store adds. */
  article: Article
  receipt: Receipt
  questions: Question[]
  unplaced: ReceiptLine[]
}

/**
 * Turns the plain-text capture of a news page into a story, a receipt that says of every line what
 * became of it, and the questions an editor would ask. The same text and options give the same
 * story, ids and keys. The rules are in ingest/README.md. Throws `IngestError` when the capture has no text or
 * no headline, or an option cannot be used.
 */
export function captureToStory(text: string, options: CaptureOptions): CapturedStory {
  const given = checkOptions(options)
  const source = splitLines(text)
  const cleared = dropFurniture(source)
  const opening = readOpening(cleared)
  const last = lastOf(source)
  const {parts, questions: bodyQuestions} = readBody(opening.rest, {
    captions: opening.captions,
    last,
    spaced: cleared.spaced,
  })
  const id = storyId({
    sourceUrl: given.sourceUrl,
    publisher: given.publisher,
    headline: opening.headline.text,
  })
  const body = assembleBody(parts, keyMaker(id))
  const wording = [opening.headline, opening.standfirst, ...parts.flatMap((part) => part.lines)]
    .map((line) => line?.text ?? '')
    .join('\n')
  const language = languageOf(wording, given.language, cleared.pageLanguage)
  const published = publishedAtOf(given.publishedAt, body, given.now)
  const written = article.parse({
    _id: id,
    _type: 'article',
    headline: opening.headline.text,
    slug: {
      _type: 'slug',
      current: slugOf(opening.headline.text, language.value) ?? `story-${digest(id, 8)}`,
    },
    ...(opening.standfirst === undefined ? {} : {standfirst: opening.standfirst.text}),
    ...bylineOf(opening, body),
    ...(body.leadFigure === undefined ? {} : {leadFigure: body.leadFigure}),
    lede: body.lede,
    sections: body.sections,
    language: language.value,
    update: opening.update !== undefined,
    ...(published.at === undefined ? {} : {firstPublishedAt: published.at}),
    source: {
      _type: 'source',
      ...(given.publisher === undefined ? {} : {publisher: given.publisher}),
      ...(given.sourceUrl === undefined ? {} : {url: given.sourceUrl}),
      format: 'capture',
      ...(opening.label === undefined ? {} : {label: opening.label.text}),
      importId: given.fileName.replace(/\.[^.]+$/u, ''),
      importedAt: given.now.toISOString(),
    },
  })
  const receipt = writeReceipt(source, fatesOf(opening, body, cleared.dropped))
  const questions = [
    ...cleared.questions,
    ...opening.questions,
    ...openingMarks(opening),
    ...bodyQuestions,
    ...body.questions,
    ...cutOff(last, cleared.dropped),
    ...signatureQuestions(opening, body),
    ...joiners(wording, language.value),
    ...(parts.some(({kind}) => kind === 'paragraph') ? [] : [noText(opening.headline)]),
  ].sort((first, second) => lineOf(first) - lineOf(second))
  return {
    article: written,
    receipt,
    questions: [...published.questions, ...language.questions, ...questions],
    unplaced: receipt.lines.filter(({fate}) => fate === 'unplaced'),
  }
}

function checkOptions(options: CaptureOptions): z.output<typeof captureOptions> {
  const parsed = captureOptions.safeParse(options)
  if (!parsed.success)
    throw new IngestError('bad-option', `The import cannot begin: ${z.prettifyError(parsed.error)}`)
  const {publishedAt, language, sourceUrl} = parsed.data
  if (publishedAt !== undefined && storedTimeOf(publishedAt) === undefined) {
    throw new IngestError(
      'bad-option',
      `“${publishedAt}” is no time. Write the publication time as 2016-03-23 or 2016-03-23T14:05:00Z.`,
    )
  }
  if (language !== undefined && !isLanguageTag(language)) {
    throw new IngestError(
      'bad-option',
      `“${language}” is no language. Write it as a BCP 47 tag such as en, uk or pt-BR.`,
    )
  }
  if (sourceUrl !== undefined && !/^https?:$/u.test(URL.parse(sourceUrl)?.protocol ?? '')) {
    throw new IngestError(
      'bad-option',
      `“${sourceUrl}” is no web address. Write it whole, as https://example.org/story.`,
    )
  }
  return parsed.data
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function lastOf(lines: readonly SourceLine[]): SourceLine {
  const last = lines.at(-1)
  if (last === undefined)
    throw new IngestError('empty', 'The capture is empty: there is no line of text in it.')
  return last
}

function languageOf(text: string, given: string | undefined, page: string | undefined) {
  if (given !== undefined)
    return {value: Intl.getCanonicalLocales(given)[0] ?? given, questions: []}
  const {language, sure} = guessLanguage(text, page)
  const name = new Intl.DisplayNames('en', {type: 'language'}).of(language) ?? language
  const questions = sure
    ? []
    : [ask('language', 0, `Is the story in ${name}?`, `Its language is “${language}”.`)]
  return {value: language, questions}
}

function publishedAtOf(
  given: string | undefined,
  {leadFigure}: AssembledBody,
  now: Date,
): {at?: string; questions: Question[]} {
  const at = given === undefined ? undefined : storedTimeOf(given)
  if (at !== undefined) return {at, questions: []}
  // A picture from the archive, or one dated in the future, says nothing about the story's day.
  const day = leadFigure?.filePhoto === true ? undefined : leadFigure?.takenAt
  const taken = day === undefined ? undefined : storedTimeOf(day)
  const question = 'When was the story first published? The capture does not say.'
  if (taken === undefined || taken > now.toISOString()) {
    return {questions: [ask('published-at', 0, question, 'It has no publication time yet.')]}
  }
  const assumed = `On the day of the lead picture, ${day}.`
  return {at: taken, questions: [ask('published-at', 0, question, assumed)]}
}

function bylineOf(opening: Opening, body: AssembledBody): {byline?: string} {
  const names = [...(opening.byline ?? []), ...(body.signature?.lines ?? [])].map(({text}) =>
    bylineName(text),
  )
  return names.length === 0 ? {} : {byline: [...new Set(names)].join(', ')}
}

function fatesOf(
  opening: Opening,
  body: AssembledBody,
  dropped: ReadonlyMap<number, string>,
): Map<number, Fate> {
  const fates = new Map<number, Fate>([...opening.fates, ...body.fates])
  for (const [line, rule] of dropped) fates.set(line, {fate: 'dropped', rule})
  const keep = (line: SourceLine | undefined, path: string) => {
    if (line !== undefined) fates.set(line.number, {fate: 'kept', path})
  }
  keep(opening.headline, 'headline')
  keep(opening.label, 'source.label')
  keep(opening.update, 'update')
  keep(opening.standfirst, 'standfirst')
  const [author, ...others] = [...(opening.byline ?? []), ...(body.signature?.lines ?? [])]
  keep(author, 'byline')
  for (const {number} of others) fates.set(number, {fate: 'merged', into: author?.number ?? number})
  return fates
}

function openingMarks({headline, standfirst}: Opening): Question[] {
  return [headline, standfirst].flatMap((line) => {
    const stray = line && strayQuotation(line.text)
    return line === undefined || stray === undefined
      ? []
      : [
          ask(
            'quotation',
            line.number,
            `${stray} Which marks belong in ${quoted(line.text)}?`,
            'They are kept as they stand.',
          ),
        ]
  })
}

/** A capture that ends inside page furniture was cut as well, though no paragraph shows it. */
function cutOff(last: SourceLine, dropped: ReadonlyMap<number, string>): Question[] {
  const rule = dropped.get(last.number)
  const cut =
    (rule === 'bio-box' && !endsSentence(last.text)) ||
    (rule === 'image-address' && !/\.\w{3,4}$/u.test(last.text)) ||
    (rule === 'image-address' && /^https?:\/\/[^/]*$/u.test(last.text))
  return cut
    ? [
        ask(
          'truncated',
          last.number,
          `The capture ends in the middle of ${quoted(last.text)}. Is a part of the story missing after it?`,
          'The story is complete without it.',
        ),
      ]
    : []
}

function signatureQuestions(opening: Opening, body: AssembledBody): Question[] {
  const line = body.signature?.lines[0]
  if (line === undefined || opening.byline !== undefined) return []
  return [
    ask(
      'byline',
      line.number,
      `Is ${quoted(line.text)} under the text the author's name?`,
      'It is the byline.',
    ),
  ]
}

/** Persian without a single zero-width non-joiner has lost them on its way. */
function joiners(text: string, language: string): Question[] {
  const persian =
    ['fa', 'ckb'].includes(language.split('-')[0] ?? '') &&
    [...text.matchAll(/\p{Script=Arabic}/gu)].length >= 100
  return persian && !text.includes('\u200C')
    ? [
        ask(
          'joiners',
          0,
          'The text has no zero-width non-joiner (ZWNJ). Were they lost in the capture?',
          'The words are kept as they stand.',
        ),
      ]
    : []
}

function noText(headline: SourceLine): Question {
  return ask(
    'no-text',
    headline.number,
    'The capture has a headline but no paragraph. Where is the text?',
    'The story has no text yet.',
  )
}

function lineOf({_key: key}: Question): number {
  return Number(key.split('-').at(-1))
}
