import type {JsonObject, JsonValue, LakeDocument} from '../../../../lake/documents/document.ts'
import {compile} from '../../../../lake/query/evaluate/compile.ts'
import {rootScope, type QueryRun} from '../../../../lake/query/evaluate/scope.ts'
import {toJson} from '../../../../lake/query/evaluate/value.ts'
import {parseQuery} from '../../../../lake/query/parseQuery.ts'

/** What a query is asked of: documents with little more than what the test is about, and the rest of a run. */
export type Asked = {
  documents?: readonly (JsonObject & {_id: string})[]
  params?: JsonObject
  delta?: {before: JsonObject | null; after: JsonObject | null}
}

/** What a run was asked for while a query was evaluated. */
export type Requests = {everything: number; prefetched: string[][]; documents: string[]}

export const now = new Date('2026-11-24T09:30:00.250Z')

/** The answer of the evaluator alone, without a planner or a store. */
export function evaluated(query: string, asked: Asked = {}): JsonValue {
  return evaluatedWithRequests(query, asked).answer
}

export function evaluatedWithRequests(
  query: string,
  {documents = [], params = {}, delta}: Asked,
): {answer: JsonValue; requests: Requests} {
  const requests: Requests = {everything: 0, prefetched: [], documents: []}
  const all = documents.map(completed)
  const run: QueryRun = {
    params,
    now,
    identity: 'ada',
    projectId: 'desk',
    dataset: 'news',
    everything() {
      requests.everything += 1
      return all
    },
    document(id) {
      requests.documents.push(id)
      return all.find(({_id}) => _id === id)
    },
    prefetch(ids) {
      requests.prefetched.push([...ids])
    },
    referrerCount: (id) => all.filter((document) => refersTo(document, id)).length,
    ...(delta && {
      delta: {
        before: delta.before && completed({_id: 'changed', ...delta.before}),
        after: delta.after && completed({_id: 'changed', ...delta.after}),
      },
    }),
  }
  return {answer: toJson(compile(parseQuery(query, params))(rootScope(run))), requests}
}

function completed(document: JsonObject & {_id: string}): LakeDocument {
  const kept = {_type: 'note', _rev: 'r', _createdAt: '', _updatedAt: ''}
  return {...kept, ...document}
}

function refersTo(document: JsonObject, id: string): boolean {
  return JSON.stringify(document).includes(`"_ref":${JSON.stringify(id)}`)
}
