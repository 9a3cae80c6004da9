import {evaluateSync} from 'groq-js'

import type {QueryRequest} from '../documents/dataset.ts'
import {isJsonObject, type JsonValue, type LakeDocument} from '../documents/document.ts'
import {evaluating, parseQuery} from './parseQuery.ts'
import {parsePerspective, selectInPerspective} from './perspective.ts'
import {planNarrowings} from './plan.ts'
import type {DocumentSource, Narrowing} from './source.ts'
import {anythingTag, syncTagsOf, typeTag} from './syncTags.ts'
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
  const syncTags = new Set(syncTagsOf(narrowings))
  const options = {
    dataset: documents,
    params,
    timestamp: context.now,
    identity: context.identity,
    sanity: {projectId: context.projectId, dataset: context.dataset},
    dereference: dereferencing(documents, select, syncTags),
  }
  const result = evaluating(query, () => {
    const tree = rewriteTextQueries(parsed, {
      documents,
      valueOf: (expression, document) =>
        evaluateSync(expression, {...options, root: document}).data,
    })
    return toJson(evaluateSync(tree, options).data)
  })
  return {result, syncTags: [...syncTags]}
}

/**
 * Looks referenced documents up by id, each at most once a query. The answer depends on their types too, and on any
 * document for as long as one of them is not there.
 */
function dereferencing(
  documents: readonly LakeDocument[],
  select: (wanted: readonly Narrowing[]) => LakeDocument[],
  syncTags: Set<string>,
) {
  const known = new Map<string, LakeDocument | undefined>(
    documents.map((document) => [document._id, document]),
  )
  return ({_ref}: {_ref: string}): LakeDocument | undefined => {
    if (!known.has(_ref)) known.set(_ref, select([{ids: [_ref]}]).at(0))
    const found = known.get(_ref)
    syncTags.add(found ? typeTag(found._type) : anythingTag)
    return found && notAPromise(found)
  }
}

/** groq-js takes whatever has a `then` for a promise, and a document may have an attribute of that name. */
function notAPromise(document: LakeDocument): LakeDocument {
  if (!Object.hasOwn(document, 'then')) return document
  return new Proxy(document, {has: (target, name) => name !== 'then' && name in target})
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
