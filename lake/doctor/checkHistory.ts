import {isDeepStrictEqual} from 'node:util'

import type {JsonObject} from '../documents/document.ts'
import {applyMendoza} from '../documents/mendoza.ts'
import type {DatasetInspection, HistoryLink, HistoryStep} from '../store/datasetInspection.ts'
import {readableDocument} from './checkDocuments.ts'
import type {Findings} from './findings.ts'

/** Without `thorough`: the documents changed last, and as many of their last changes. */
const sample = {documents: 500, changes: 50}

/**
 * Whether every document's history leads to the document as it is: each change stands on the one before it, the last
 * one made the present revision, and its patches, applied backward and forward again, give the same document. The
 * patches of a sample, or with `thorough` all of them. Answers how many documents' patches were replayed.
 */
export function checkHistory(
  dataset: DatasetInspection,
  {thorough}: {thorough: boolean},
  findings: Findings,
): number {
  checkChains(dataset, findings)
  const ids = dataset.changedDocuments(thorough ? undefined : sample.documents)
  for (const id of ids) {
    replay(dataset, id, thorough ? Infinity : sample.changes, findings)
  }
  return ids.length
}

function checkChains(dataset: DatasetInspection, findings: Findings): void {
  let last: HistoryLink | undefined
  const withHistory = new Set<string>()
  const end = () => {
    if (last !== undefined) checkEnd(dataset, last, findings)
  }
  for (const link of dataset.histories()) {
    const {documentId, sequence, transactionId, previousRev} = link
    if (last?.documentId !== documentId) {
      end()
      last = undefined
      withHistory.add(documentId)
    }
    const expected = last === undefined || last.deleted ? null : last.transactionId
    if (previousRev !== expected) {
      findings.fault(
        'historyBroken',
        `the history of "${documentId}" is broken at transaction ${sequence} ("${transactionId}"): it stands on revision ${previousRev ?? 'none'}, the one before it is ${expected ?? 'none'}.`,
      )
    }
    last = link
  }
  end()
  for (const {id} of dataset.documents()) {
    if (withHistory.has(id)) continue
    findings.fault('historyMissing', `the document "${id}" has no history.`)
  }
}

/** The last change of a history must be the one that made what is stored. */
function checkEnd(dataset: DatasetInspection, last: HistoryLink, findings: Findings): void {
  const row = dataset.document(last.documentId)
  const present = row && readableDocument(row)
  if (row !== undefined && present === undefined) return
  if (last.deleted && present !== undefined) {
    findings.fault(
      'historyEnd',
      `"${last.documentId}" is there, although its history says that it was deleted.`,
    )
  }
  if (!last.deleted && present === undefined) {
    findings.fault(
      'historyEnd',
      `"${last.documentId}" is not there, although its history does not say that it was deleted.`,
    )
  }
  if (!last.deleted && present !== undefined && present._rev !== last.transactionId) {
    findings.fault(
      'historyEnd',
      `"${last.documentId}" is at revision "${present._rev}", its history ends with "${last.transactionId}".`,
    )
  }
}

/** Walks back from the present document and, at each step, forward again. */
function replay(
  dataset: DatasetInspection,
  documentId: string,
  mostChanges: number,
  findings: Findings,
): void {
  const row = dataset.document(documentId)
  const present = row && readableDocument(row)
  if (row !== undefined && present === undefined) return
  let after = withoutRevision(present)
  let count = 0
  for (const step of dataset.stepsOf(documentId)) {
    if (count === mostChanges) return
    count += 1
    const before = stepBack(after, step)
    if (before === 'impossible') {
      findings.fault(
        'replay',
        `"${documentId}" is not what its history gives at transaction ${step.sequence} ("${step.transactionId}").`,
      )
      return
    }
    after = before
  }
  if (after !== undefined) {
    findings.fault('replay', `the history of "${documentId}" does not reach back to its beginning.`)
  }
}

function stepBack(
  after: JsonObject | undefined,
  {effects, previousRev}: HistoryStep,
): JsonObject | undefined | 'impossible' {
  if (effects === undefined) return 'impossible'
  try {
    const before = applyMendoza(after, effects.revert)
    const again = applyMendoza(before, effects.apply)
    const same = isDeepStrictEqual(again, after)
    return same && (before === undefined) === (previousRev === null) ? before : 'impossible'
  } catch {
    return 'impossible'
  }
}

function withoutRevision(document: JsonObject | undefined): JsonObject | undefined {
  if (document === undefined) return undefined
  const {_rev, ...rest} = document
  return rest
}
