import type {Caller} from '../access/caller.ts'
import type {LakeDocument} from '../documents/document.ts'
import {parseListenFilter, type DocumentFilter} from '../query/filter.ts'
import {listenCondition} from '../query/listenCondition.ts'
import type {Condition} from '../query/selection.ts'
import {FilterIndex} from './filterIndex.ts'
import type {ListenRequest} from './listenRequest.ts'

/** Filters by what they ask. Every editor's Studio listens to the same lists, so each is parsed and asked once. */
export type SharedFilters = {
  /** Throws `LakeError` `queryParseError`. */
  take(request: ListenRequest, caller: Caller): DocumentFilter
  /** Gives a filter back; the last one out lets it go. */
  giveBack(filter: DocumentFilter): void
  /** The filters that may match a document: all that do, and few others. */
  mayMatch(document: LakeDocument): Iterable<DocumentFilter>
  counts(): FilterCounts
}

export type FilterCounts = {
  /** Different questions that are being listened to. */
  questions: number
  /** Those among them that have to be asked about every change, for they name no id, type, value or reference. */
  broadQuestions: number
  /** How often a filter has been asked about a document since the start, before or after a change. */
  evaluations: number
}

type Held = {question: string; condition: Condition; count: number}

export function createSharedFilters(): SharedFilters {
  const byQuestion = new Map<string, DocumentFilter>()
  const holders = new Map<DocumentFilter, Held>()
  const index = new FilterIndex<DocumentFilter>()
  let evaluations = 0

  function open(question: string, {query, params}: ListenRequest, caller: Caller): DocumentFilter {
    const parsed = parseListenFilter(query, params)
    const filter: DocumentFilter = {
      matches(document, scope) {
        evaluations += 1
        return parsed.matches(document, scope)
      },
    }
    const condition = listenCondition(query, params, caller.userId)
    byQuestion.set(question, filter)
    holders.set(filter, {question, condition, count: 0})
    index.add(filter, condition)
    return filter
  }

  return {
    take(request, caller) {
      const question = questionOf(request, caller)
      const filter = byQuestion.get(question) ?? open(question, request, caller)
      const held = holders.get(filter)
      if (held) held.count += 1
      return filter
    },
    giveBack(filter) {
      const held = holders.get(filter)
      if (!held) return
      held.count -= 1
      if (held.count > 0) return
      holders.delete(filter)
      byQuestion.delete(held.question)
      index.remove(filter, held.condition)
    },
    mayMatch: (document) => index.find(document),
    counts: () => ({
      questions: holders.size,
      broadQuestions: index.broadCount,
      evaluations,
    }),
  }
}

/** A query that asks who is listening is one question a person. */
function questionOf({query, params}: ListenRequest, {userId}: Caller): string {
  const personal = /\bidentity\b/.test(query)
  return JSON.stringify([query, params, personal ? userId : ''])
}
