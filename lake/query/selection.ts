import type {JsonObject} from '../documents/document.ts'

/** A value that an index can hold: what one document has under a key. */
export type Scalar = string | number | boolean | null

/**
 * An expression over one document that the store can filter, order and index by: a way through attributes and elements
 * (`slug.current`, `updates[-1].at`), or the first of several that is not null.
 */
export type Key = {steps: readonly (string | number)[]} | {firstOf: readonly Key[]}

/** What an index is over: a key, of which each document has one value, or the strings in the array at a key. */
export type IndexKey = Key | {elementsOf: readonly (string | number)[]}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/**
 * What is asked of a document, in terms that the store understands. A document meets it or does not: comparisons of
 * values that cannot be compared are not met.
 */
export type Condition =
  | {kind: 'all' | 'any'; of: readonly Condition[]}
  | {kind: 'always' | 'never'}
  | {kind: 'compare'; key: Key; operator: Comparison; value: Scalar}
  /** The value is one of these (or none of them), which are all strings. */
  | {kind: 'oneOf'; key: Key; values: readonly string[]; negated: boolean}
  | {kind: 'defined'; key: Key; negated: boolean}
  /** Some `_ref` inside the document names one of these. */
  | {kind: 'references'; ids: readonly string[]; negated: boolean}
  /** The attribute is an array that holds this string. */
  | {kind: 'holds'; key: Key; value: string}
  /** The id as the perspective shows it starts with this; `depth` limits how many further parts may follow. */
  | {kind: 'idUnder'; prefix: string; depth: 'one' | 'any'; negated: boolean}
  /** The document, its draft or its version in a release: all that share the id without prefixes. */
  | {kind: 'inGroups'; ids: readonly string[]}
  /** The document is a version of this release. */
  | {kind: 'inRelease'; name: string}
  /** Every one of these words (beginnings of words where `prefix` is set) stands at one of the places, or anywhere. */
  | WordsCondition

export type WordsCondition = {
  kind: 'words'
  /** As `text/textPlaces.ts` names them. */
  places: readonly string[] | undefined
  terms: readonly WordTerm[]
  /** Whether the text index can tell of documents that `match` finds the words there. */
  told: boolean
}

/** Words in a row, as `tokens` gives them; the last may be a beginning. */
export type WordTerm = {words: readonly string[]; prefix: boolean}

/** Which documents a query sees, and under which id: physical ones, published ones, or the leftmost version of each. */
export type View = {
  perspective: {kind: 'raw'} | {kind: 'published'} | {kind: 'stack'; names: readonly string[]}
  /** Only what the public may read: ids without a dot. */
  publicOnly: boolean
}

export type OrderKey = {key: Key; descending: boolean}

/**
 * What a document scores, as far as the store can tell: never less than it does. The words of a text score as the text
 * index ranks them, a condition that is met scores one.
 */
export type Score =
  | {kind: 'sum' | 'both'; of: readonly Score[]}
  /** So much more, where it scores at all. */
  | {kind: 'boost'; of: Score; by: number}
  /** `place` tells a ranking's words apart, from zero on. */
  | {kind: 'words'; place: number; words: WordsCondition}
  | {kind: 'condition'; where: Condition}

/** How a document is written: as it is stored, or as an object of values that are taken out of it (null where there is none). */
export type Shape = 'whole' | readonly {name: string; steps: readonly (string | number)[]}[]

/** Which documents are wanted, in which order and how many. */
export type Selection = {
  where: Condition
  /** GROQ's total order by these, then by `_id`. */
  order: readonly OrderKey[]
  offset: number
  /** `undefined` for all of them. */
  limit: number | undefined
  /** The attributes that will be looked at; `undefined` for whole documents. */
  attributes: readonly string[] | undefined
  /** How each is to be written, instead of reading its attributes. */
  shape?: Shape
  /**
   * The documents that may score, those that may score most first and then by `_id`, instead of `order`. Each comes with
   * `_score`: an array of the most that it can score, 1 where that is certain (else 0), and what each `words` scores, by
   * place.
   */
  ranking?: Score
  /** How many of a sifted selection are wanted; it is not known how many that are read will do. */
  expected?: number | undefined
  /** What is asked of documents again, since the condition says less than the query. */
  sift?: Sift
}

/** What a condition leaves open. */
export type Sift = {
  passes(document: JsonObject): boolean
  /** What that looks at, and whoever gets the document; `undefined` for all of it. */
  attributes: readonly string[] | undefined
  /** Whether documents pass of which the text index tells that the words are there as they are asked for. */
  certain: boolean
}

/** What the store did for one selection or count, for people who ask why a query is slow. */
export type SelectionReport = {
  /** What led to the documents: an index, or the table. */
  driver: string
  /** How many documents that can have been at most, as it was known beforehand. */
  ledTo: number
  /** How many the store handed over. */
  read: number
  /** Whether the evaluator looked again at those of which the store could not tell the whole condition. */
  lookedAtAgain: boolean
  /** Keys by which an index would have led to fewer. */
  indexWouldHelp: string[]
  sql: string
}

/** One consistent view of a dataset for the length of a query. */
export type DocumentSource = {
  /** Documents in the selection's order. They are read as they are taken: whoever stops early reads no more. */
  select(selection: Selection, view: View): Iterable<JsonObject>
  /** The same as JSON texts of a shape, under the ids that they are stored under; not every source can. */
  written?(selection: Selection & {shape: Shape}, view: View): string[]
  count(where: Condition, view: View): number
  /** The documents of these ids as the view shows them, in no particular order; all of each where no attributes are named. */
  byId(
    ids: readonly string[],
    view: View,
    attributes: readonly string[] | undefined,
  ): {id: string; document: JsonObject}[]
  referrerCount(id: string, view: View): number
}

/** That a query would read more documents than it was allowed to. Nothing came of it. */
export class TooMuchToRead extends Error {}

/** Every document. */
export const everything: Condition = {kind: 'always'}
