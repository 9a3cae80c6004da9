import type {JsonObject, LakeDocument} from '../documents/document.ts'
import {compareStrings, compareTotally} from './evaluate/comparison.ts'
import {valueOf} from './keyValue.ts'
import {meets} from './meets.ts'
import type {Condition, DocumentSource, OrderKey, Selection, View} from './selection.ts'

/** What a transaction that is not stored yet makes of one document. */
export type OverlaidChange = {
  documentId: string
  previous: LakeDocument | undefined
  result: LakeDocument | undefined
}

/**
 * A dataset as a transaction will leave it: what is stored, with the documents that the transaction touches in their new
 * state. Shows documents under their own ids (the `raw` perspective), and knows no ranking.
 */
export class OverlaidDocuments implements DocumentSource {
  readonly #stored: DocumentSource
  readonly #changes: ReadonlyMap<string, OverlaidChange>
  readonly #previous: readonly LakeDocument[]
  readonly #results: readonly LakeDocument[]

  constructor(stored: DocumentSource, changes: readonly OverlaidChange[]) {
    this.#stored = stored
    this.#changes = new Map(changes.map((change) => [change.documentId, change]))
    this.#previous = changes.flatMap(({previous}) => previous ?? [])
    this.#results = changes.flatMap(({result}) => result ?? [])
  }

  *select(selection: Selection, view: View): Generator<JsonObject> {
    requireRaw(view)
    if (selection.ranking) throw new Error('score() cannot be used here')
    const {where, order, offset, limit, attributes, sift} = selection
    const gone = this.#previous.filter((document) => meets(where, document))
    const here = this.#results.filter(
      (document) => meets(where, document) && sift?.passes(document) !== false,
    )
    if (gone.length + here.length === 0) {
      yield* this.#stored.select(selection, view)
      return
    }
    const end = limit === undefined ? undefined : offset + limit
    const stored = this.#stored.select(
      {
        ...selection,
        where: without(where, gone),
        offset: 0,
        limit: end,
        attributes: toOrder(attributes, order),
        ...(sift && {sift: {...sift, attributes: toOrder(sift.attributes, order)}}),
      },
      view,
    )
    let place = 0
    for (const document of merged(stored, here, order)) {
      if (end !== undefined && place >= end) return
      if (place >= offset) yield document
      place += 1
    }
  }

  count(where: Condition, view: View): number {
    requireRaw(view)
    const gone = this.#previous.filter((document) => meets(where, document)).length
    const here = this.#results.filter((document) => meets(where, document)).length
    return this.#stored.count(where, view) - gone + here
  }

  byId(
    ids: readonly string[],
    view: View,
    attributes: readonly string[] | undefined,
  ): {id: string; document: JsonObject}[] {
    requireRaw(view)
    const unique = [...new Set(ids)]
    const untouched = unique.filter((id) => !this.#changes.has(id))
    const here = unique.flatMap((id) => {
      const document = this.#changes.get(id)?.result
      return document ? [{id, document}] : []
    })
    if (untouched.length === 0) return here
    return [...this.#stored.byId(untouched, view, attributes), ...here]
  }

  referrerCount(id: string, view: View): number {
    return this.count({kind: 'references', ids: [id], negated: false}, view)
  }
}

function requireRaw({perspective, publicOnly}: View): void {
  if (perspective.kind !== 'raw' || publicOnly) {
    throw new Error('A transaction under way can be seen in the raw perspective only')
  }
}

/** The condition of the stored documents, those left out that the transaction exchanges. */
function without(where: Condition, gone: readonly LakeDocument[]): Condition {
  if (gone.length === 0) return where
  const values = gone.map(({_id}) => _id)
  const others: Condition = {kind: 'oneOf', key: {steps: ['_id']}, values, negated: true}
  return {kind: 'all', of: [...(where.kind === 'all' ? where.of : [where]), others]}
}

/** Attributes, and what else an order looks at. */
function toOrder(
  attributes: readonly string[] | undefined,
  order: readonly OrderKey[],
): readonly string[] | undefined {
  return attributes && [...new Set([...attributes, '_id', ...order.flatMap(readBy)])]
}

/** The attributes that an order looks at. */
function readBy({key}: OrderKey): string[] {
  if ('firstOf' in key)
    return key.firstOf.flatMap((option) => readBy({key: option, descending: false}))
  const [first] = key.steps
  return typeof first === 'string' ? [first] : []
}

/** Two lists in one order; the stored ones are read as they are taken. */
function* merged(
  stored: Iterable<JsonObject>,
  here: readonly LakeDocument[],
  order: readonly OrderKey[],
): Generator<JsonObject> {
  const waiting: JsonObject[] = here.toSorted((one, other) => compareBy(order, one, other))
  for (const document of stored) {
    for (let [next] = waiting; next && compareBy(order, next, document) < 0; [next] = waiting) {
      yield next
      waiting.shift()
    }
    yield document
  }
  yield* waiting
}

function compareBy(order: readonly OrderKey[], one: JsonObject, other: JsonObject): number {
  for (const {key, descending} of order) {
    const difference = compareTotally(valueOf(one, key), valueOf(other, key))
    if (difference !== 0) return descending ? -difference : difference
  }
  return compareStrings(String(one['_id']), String(other['_id']))
}
