import type {LakeDocument} from '../documents/document.ts'
import {parseDocument} from '../store/bodies.ts'
import {
  columnsOf,
  referenceRowsOf,
  type DatasetInspection,
  type DocumentRow,
} from '../store/datasetInspection.ts'
import type {Reference} from '../store/referenceIndex.ts'
import type {Findings} from './findings.ts'

/**
 * Whether every document can be read, its columns and its rows in the reference table say what its body says, and
 * every strong reference holds. Hands each document that can be read to `receive`.
 */
export function checkDocuments(
  dataset: DatasetInspection,
  findings: Findings,
  receive: (document: LakeDocument, docid: number) => void,
): void {
  const storedReferences = dataset.referencesBySource()
  for (const row of dataset.documents()) {
    const document = readableDocument(row)
    if (document === undefined) {
      findings.fault(
        'bodyUnreadable',
        `the document "${row.id}" cannot be read: its body is damaged.`,
      )
      continue
    }
    checkColumns(row, document, findings)
    checkReferences(document, storedReferences(row.docid), findings)
    receive(document, row.docid)
  }
  const strays = dataset.strayReferences()
  if (strays > 0) {
    findings.fault(
      'referenceStray',
      `the reference table has ${strays} ${strays === 1 ? 'row' : 'rows'} of documents that are not there.`,
    )
  }
  for (const {source, target} of dataset.brokenReferences()) {
    findings.fault(
      'referenceBroken',
      `"${source}" has a strong reference to "${target}", which is not there.`,
    )
  }
}

/** The document in a row, or `undefined` when its body is none. */
export function readableDocument({text}: DocumentRow): LakeDocument | undefined {
  if (text === undefined) return undefined
  try {
    const document = parseDocument(text)
    const times = [document._createdAt, document._updatedAt]
    return times.some((time) => Number.isNaN(Date.parse(time))) ? undefined : document
  } catch {
    return undefined
  }
}

function checkColumns(
  {id, columns}: DocumentRow,
  document: LakeDocument,
  findings: Findings,
): void {
  if (document._id !== id) {
    findings.fault('idWrong', `the document stored as "${id}" calls itself "${document._id}".`)
    return
  }
  const expected = columnsOf(document)
  for (const name of ['group', 'bundle', 'type'] as const) {
    if (columns[name] === expected[name]) continue
    findings.fault(
      'columnWrong',
      `"${id}" is filed under the ${name} "${columns[name]}", its body says "${expected[name]}".`,
    )
  }
}

function checkReferences(
  document: LakeDocument,
  stored: readonly Reference[],
  findings: Findings,
): void {
  const inBody = new Set(referenceRowsOf(document).map(describe))
  const inTable = new Set(stored.map(describe))
  for (const reference of inBody) {
    if (inTable.has(reference)) continue
    findings.fault(
      'referenceMissing',
      `"${document._id}" has a ${reference}, which is missing in the reference table.`,
    )
  }
  for (const reference of inTable) {
    if (inBody.has(reference)) continue
    findings.fault(
      'referenceSurplus',
      `the reference table gives "${document._id}" a ${reference}, which its body does not have.`,
    )
  }
}

function describe({target, strong}: Reference): string {
  return `${strong ? 'strong' : 'weak'} reference to "${target}"`
}
