import type {Caller} from '../access/caller.ts'
import {parseListenFilter, type DocumentFilter} from '../query/filter.ts'
import type {ListenRequest} from './listenRequest.ts'

/** Filters by what they ask. Every editor's Studio listens to the same lists, so each is parsed and asked once. */
export type SharedFilters = {
  /** Throws `LakeError` `queryParseError`. */
  take(request: ListenRequest, caller: Caller): DocumentFilter
  /** Gives a filter back; the last one out lets it go. */
  giveBack(filter: DocumentFilter): void
}

export function createSharedFilters(): SharedFilters {
  const byQuestion = new Map<string, DocumentFilter>()
  const holders = new Map<DocumentFilter, {question: string; count: number}>()
  return {
    take(request, caller) {
      const question = questionOf(request, caller)
      const filter = byQuestion.get(question) ?? parseListenFilter(request.query, request.params)
      byQuestion.set(question, filter)
      holders.set(filter, {question, count: (holders.get(filter)?.count ?? 0) + 1})
      return filter
    },
    giveBack(filter) {
      const held = holders.get(filter)
      if (!held) return
      if (held.count > 1) {
        holders.set(filter, {...held, count: held.count - 1})
        return
      }
      holders.delete(filter)
      byQuestion.delete(held.question)
    },
  }
}

/** A query that asks who is listening is one question a person. */
function questionOf({query, params}: ListenRequest, {userId}: Caller): string {
  const personal = /\bidentity\s*\(/.test(query)
  return JSON.stringify([query, params, personal ? userId : ''])
}
