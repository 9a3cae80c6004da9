import type {Article} from './documents.ts'
import {
  storyDifference,
  type Counts,
  type NamedChange,
  type PartDifference,
  type StoryDifference,
} from './difference.ts'

/** Fields that readers see, outside lede and sections, by the words for them; in the order of the note. */
const wordsFor: {[field: string]: string} = {
  headline: 'headline',
  standfirst: 'standfirst',
  authors: 'authors',
  byline: 'byline',
  dateline: 'dateline',
  leadFigure: 'lead picture',
  topics: 'topics',
  related: 'related stories',
  slug: 'address',
  language: 'language',
}

/** Fields that stand on no story's page: on lists, in feeds, or in the newsroom alone. */
const unseenWordsFor: {[field: string]: string} = {
  shortHeadline: 'short headline',
  priority: 'priority',
  embargoUntil: 'embargo',
  source: 'source',
}

const longestName = 60

/**
 * Drafts the note of an update from what changed between the live story and its draft, as in "Headline
 * changed; 2 paragraphs added in 'Ukraine fighting drags on'". An editor makes a sentence for readers of it.
 * Empty when readers would see no difference.
 */
export function noteFrom(draft: Article, live: Article): string {
  const difference = storyDifference(draft, live)
  const fields = fieldPhrases(draft, live, difference, wordsFor).map(({phrase}) => phrase)
  return capitalised([...fields, ...difference.parts.flatMap(partPhrases)].join('; '))
}

/**
 * The fields outside lede and sections that a draft changes, in the order of the note, each with what happened to it;
 * those that stand on no page of the story come last.
 */
export function fieldPhrases(
  draft: Article,
  live: Article,
  {fields}: StoryDifference,
  words: {[field: string]: string} = {...wordsFor, ...unseenWordsFor},
): {field: string; phrase: string}[] {
  return Object.entries(words)
    .filter(([field]) => fields.includes(field))
    .map(([field, name]) => ({field, phrase: `${name} ${fate(draft[field], live[field])}`}))
}

/** The words with a capital letter at their beginning. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function fate(after: unknown, before: unknown): string {
  if (isEmpty(before)) return 'added'
  return isEmpty(after) ? 'removed' : 'changed'
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** What happened to the lede or to a section, as the note tells it. */
export function partPhrases(part: PartDifference): string[] {
  const where = part.heading === undefined ? 'the lede' : quoted(part.heading)
  const section = `section ${where}`
  if (part.fate === 'removed') return [`${section} removed`]
  if (part.fate === 'added') {
    const length = part.paragraphs.added
    return [
      length === 0 ? `${section} added` : `${section} added (${paragraphs(length)})`,
      // A new section with a picture names the picture; what came from elsewhere is told as moved.
      ...contentPhrases({...part, paragraphs: {...part.paragraphs, added: 0}}, where),
    ]
  }
  return [
    ...(part.fate === 'moved' && part.heading !== undefined ? [`${section} moved`] : []),
    ...(part.headingBefore === undefined
      ? []
      : [`heading ${quoted(part.headingBefore)} is now ${where}`]),
    ...contentPhrases(part, where),
  ]
}

function contentPhrases(part: PartDifference, where: string): string[] {
  const counts = countPhrase(part.paragraphs)
  return [
    ...(counts === '' ? [] : [`${counts} in ${where}`]),
    ...part.named.map((named) => `${namedPhrase(named)} in ${where}`),
  ]
}

/** "2 paragraphs added, 1 changed and 1 removed". */
function countPhrase(counts: Counts): string {
  const said = [
    {count: counts.added, did: 'added'},
    {count: counts.changed, did: 'changed'},
    {count: counts.moved, did: 'moved'},
    {count: counts.removed, did: 'removed'},
  ]
    .filter(({count}) => count > 0)
    .map(({count, did}, place) => `${place === 0 ? paragraphs(count) : count} ${did}`)
  const last = said.pop()
  if (last === undefined) return ''
  return said.length === 0 ? last : `${said.join(', ')} and ${last}`
}

function namedPhrase({kind, name, change}: NamedChange): string {
  return name === '' ? `${kind} ${change}` : `${kind} ${quoted(name)} ${change}`
}

function paragraphs(count: number): string {
  return `${count} ${count === 1 ? 'paragraph' : 'paragraphs'}`
}

function quoted(words: string): string {
  const plain = words.trim()
  if (plain.length <= longestName) return `'${plain}'`
  const cut = plain.slice(0, longestName)
  return `'${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).trimEnd()}…'`
}
