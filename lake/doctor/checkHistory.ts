import {isDeepStrictEqual} from 'node:util'

import {withoutRevision, type JsonObject} from '../documents/document.ts'
import {applyMendoza} from '../documents/mendoza.ts'
import type {
  DatasetInspection,
  DocumentRow,
  HistoryLink,
  HistoryStep,
} from '../store/datasetInspection.ts'
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
  const mostChanges = thorough ? Infinity : sample.changes
  const documentOf = dataset.documentById()
  const stepsOf = dataset.stepsById()
  for (const id of ids) {
    replay({id, row: documentOf(id), steps: stepsOf(id)}, mostChanges, findings)
  }
  return ids.length
}

function checkChains(dataset: DatasetInspection, findings: Findings): void {
  const revisionOf = dataset.revisionById()
  let last: HistoryLink | undefined
  const end = () => {
    if (last !== undefined) checkEnd(last, revisionOf(last.documentId), findings)
  }
  for (const link of dataset.histories()) {
    const {documentId, sequence, transactionId, previousRev} = link
    if (last?.documentId !== documentId) {
      end()
      last = undefined
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
  for (const id of dataset.documentsWithoutHistory()) {
    findings.fault('historyMissing', `the document "${id}" has no history.`)
  }
}

/** The last change of a history must be the one that made what is stored. */
function checkEnd(
  {documentId, transactionId, deleted}: HistoryLink,
  present: {revision: string} | 'unreadable' | undefined,
  findings: Findings,
): void {
  if (present === 'unreadable') return
  if (deleted && present !== undefined) {
    findings.fault(
      'historyEnd',
      `"${documentId}" is there, although its history says that it was deleted.`,
    )
  } else if (!deleted && present === undefined) {
    findings.fault(
      'historyEnd',
      `"${documentId}" is not there, although its history does not say that it was deleted.`,
    )
  } else if (!deleted && present?.revision !== transactionId) {
    findings.fault(
      'historyEnd',
      `"${documentId}" is at revision "${present?.revision}", its history ends with "${transactionId}".`,
    )
  }
}

/** Walks back from the present document and, at each step, forward again. */
function replay(
  {id, row, steps}: {id: string; row: DocumentRow | undefined; steps: Iterable<HistoryStep>},
  mostChanges: number,
  findings: Findings,
): void {
  const present = row && readableDocument(row)
  if (row !== undefined && present === undefined) return
  let after = withoutRevision(present)
  let count = 0
  for (const step of steps) {
    if (count === mostChanges) return
    count += 1
    const before = stepBack(after, step)
    if (before === 'impossible') {
      findings.fault(
        'replay',
        `"${id}" is not what its history gives at transaction ${step.sequence} ("${step.transactionId}").`,
      )
      return
    }
    after = before
  }
  if (after !== undefined) {
    findings.fault('replay', `the history of "${id}" does not reach back to its beginning.`)
  }
}

function stepBack(
  after: JsonObject | undefined,
  {effectsOn, previousRev}: HistoryStep,
): JsonObject | undefined | 'impossible' {
  const effects = effectsOn(after)
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
