import {evaluateSync} from 'groq-js'

import type {QueryRequest} from '../documents/dataset.ts'
import {isJsonObject, type JsonValue, type LakeDocument} from '../documents/document.ts'
import {evaluating, parseQuery} from './parseQuery.ts'
import {parsePerspective, selectInPerspective} from './perspective.ts'
import {planNarrowings} from './plan.ts'
import type {DocumentSource, Narrowing} from './source.ts'
import {rewriteTextQueries} from './textQuery.ts'

export type QueryContext = {
  source: DocumentSource
  identity: string
  now: Date
  projectId: string
  dataset: string
  /** Only what anyone may read, whatever the perspective. */
  publicOnly: boolean
}

/**
 * Answers a GROQ query over one view of a dataset: SQL narrows, the perspective overlays, groq-js evaluates.
 * Throws `LakeError` 400 for queries that cannot be parsed or evaluated.
 */
export function runQuery(
  request: QueryRequest,
  context: QueryContext,
): {result: JsonValue; syncTags: readonly string[]} {
  const {query, params} = request
  const perspective = parsePerspective(request.perspective)
  const parsed = parseQuery(query, params)
  const narrowings = planNarrowings(parsed)
  const select = (wanted: readonly Narrowing[]) =>
    selectInPerspective(context.source, wanted, perspective, context.publicOnly)
  const documents = select(narrowings)
  const tree = rewriteTextQueries(parsed, () => documents)
  const result = evaluating(query, () => {
    const value = evaluateSync(tree, {
      dataset: documents,
      params,
      timestamp: context.now,
      identity: context.identity,
      sanity: {projectId: context.projectId, dataset: context.dataset},
      dereference: dereferencing(documents, select),
    })
    return toJson(value.data)
  })
  return {result, syncTags: syncTagsOf(narrowings)}
}

/** Looks referenced documents up by id, each at most once a query. */
function dereferencing(
  documents: readonly LakeDocument[],
  select: (wanted: readonly Narrowing[]) => LakeDocument[],
) {
  const known = new Map<string, LakeDocument | undefined>(
    documents.map((document) => [document._id, document]),
  )
  return ({_ref}: {_ref: string}): LakeDocument | undefined => {
    if (!known.has(_ref)) known.set(_ref, select([{ids: [_ref]}]).at(0))
    return known.get(_ref)
  }
}

function toJson(value: unknown): JsonValue {
  if (value === undefined) return null
  const plain: unknown = JSON.parse(JSON.stringify(value))
  return isJson(plain) ? plain : null
}

function isJson(value: unknown): value is JsonValue {
  return (
    value === null ||
    ['string', 'number', 'boolean'].includes(typeof value) ||
    Array.isArray(value) ||
    isJsonObject(value)
  )
}

/** What the answer depends on: a tag a type, or one for everything. */
function syncTagsOf(narrowings: readonly Narrowing[]): string[] {
  const types = narrowings.map((narrowing) => narrowing.types)
  if (types.some((names) => names === undefined)) return ['s1:*']
  return [...new Set(types.flat())].map((type) => `s1:${type}`)
}
