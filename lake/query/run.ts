import {evaluateSync} from 'groq-js'

import type {QueryRequest} from '../documents/dataset.ts'
import {isJsonObject, type JsonValue, type LakeDocument} from '../documents/document.ts'
import {evaluating, parseQuery} from './parseQuery.ts'
import {parsePerspective} from './perspective.ts'
import {planNarrowings} from './plan.ts'
import type {Condition, DocumentSource, View} from './selection.ts'
import type {Narrowing} from './source.ts'
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

export type QueryOutcome = {result: JsonValue; syncTags: readonly string[]}

/** A query that is ready to be run. */
export type PreparedQuery = {
  /** Whether it asks the text index, which has to be up to date then. */
  asksForText: boolean
  run(context: QueryContext): QueryOutcome
}

/** Parses a query. Throws `LakeError` 400 when it cannot be parsed, or, as it is run, evaluated. */
export function prepareQuery(request: QueryRequest): PreparedQuery {
  const {query, params} = request
  const perspective = parsePerspective(request.perspective)
  const parsed = parseQuery(query, params)
  return {
    asksForText: false,
    run(context) {
      const view: View = {perspective, publicOnly: context.publicOnly}
      const narrowings = planNarrowings(parsed)
      const documents = selectNarrowed(context.source, narrowings, view)
      const syncTags = new Set(syncTagsOf(narrowings))
      const options = {
        dataset: documents,
        params,
        timestamp: context.now,
        identity: context.identity,
        sanity: {projectId: context.projectId, dataset: context.dataset},
        dereference: dereferencing(
          documents,
          (id) => context.source.byId([id], view).at(0),
          syncTags,
        ),
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
    },
  }
}

function selectNarrowed(source: DocumentSource, narrowings: readonly Narrowing[], view: View) {
  const of = narrowings.map(({types, ids, groupIds}): Condition => {
    const parts: Condition[] = []
    const key = (name: string) => ({steps: [name]})
    if (types) parts.push({kind: 'oneOf', key: key('_type'), values: types, negated: false})
    if (ids) parts.push({kind: 'oneOf', key: key('_id'), values: ids, negated: false})
    if (groupIds) parts.push({kind: 'inGroups', ids: groupIds})
    return {kind: 'all', of: parts}
  })
  const selection = {
    where: {kind: 'any', of} as const,
    order: [],
    offset: 0,
    limit: undefined,
    attributes: undefined,
  }
  return Array.from(source.select(selection, view)).filter(isLakeDocument)
}

function isLakeDocument(value: unknown): value is LakeDocument {
  return isJsonObject(value) && typeof value['_id'] === 'string'
}

/**
 * Looks referenced documents up by id, each at most once a query. The answer depends on their types too, and on any
 * document for as long as one of them is not there.
 */
function dereferencing(
  documents: readonly LakeDocument[],
  find: (id: string) => LakeDocument | undefined,
  syncTags: Set<string>,
) {
  const known = new Map<string, LakeDocument | undefined>(
    documents.map((document) => [document._id, document]),
  )
  return ({_ref}: {_ref: string}): LakeDocument | undefined => {
    if (!known.has(_ref)) known.set(_ref, find(_ref))
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
