import type {LakeDocument} from '../documents/document.ts'
import type {DerivedInspection} from '../store/derivedInspection.ts'
import {changesByDocument} from '../store/historyIndex.ts'
import {referencesByTarget} from '../store/referenceIndex.ts'
import type {Findings} from './findings.ts'

/** The indexes that take in what was written a little later. */
const followed = [
  {
    following: referencesByTarget,
    code: 'referenceUneven',
    what: 'the index over references and the references of documents',
  },
  {
    following: changesByDocument,
    code: 'historyUneven',
    what: 'the index over changes and the log',
  },
]

/** Whether the indexes hold a document where its body says that it belongs: else queries miss it. */
export function checkDerived(
  derived: DerivedInspection,
  {document, docid}: {document: LakeDocument; docid: number},
  findings: Findings,
): void {
  for (const name of derived.indexesWithout(document, docid)) {
    findings.fault(
      'indexEntry',
      `the index over ${name} does not have "${document._id}" in its place.`,
    )
  }
  if (derived.isTextWrong(document, docid)) {
    findings.fault('textWrong', `the text index does not have the words of "${document._id}".`)
  }
}

/** Whether the indexes hold nothing else, and the counts by type are right. */
export function checkDerivedTotals(derived: DerivedInspection, findings: Findings): void {
  for (const {name, surplus} of derived.unbalancedIndexes()) {
    const difference = `${Math.abs(surplus)} ${surplus > 0 ? 'more' : 'fewer'}`
    findings.fault(
      'indexTotal',
      `the index over ${name} holds ${difference} than the documents call for.`,
    )
  }
  const entries = derived.strayEntries()
  if (entries > 0) {
    findings.fault(
      'indexStray',
      `${entries === 1 ? 'one entry belongs' : `${entries} entries belong`} to no index.`,
    )
  }
  for (const {following, code, what} of followed) {
    const uneven = derived.uneven(following)
    if (uneven > 0) findings.fault(code, `${what} differ in ${uneven === 1 ? 'one' : uneven}.`)
  }
  const strays = derived.strayText()
  if (strays > 0) {
    findings.fault(
      'textStray',
      `the text index and what it was made of differ for ${strays === 1 ? 'one document' : `${strays} documents`}.`,
    )
  }
  for (const {type, bundle, counted, present} of derived.wrongCounts()) {
    const where = bundle === '' ? '' : ` in ${bundle}`
    findings.fault(
      'countWrong',
      `the count of documents of the type "${type}"${where} says ${counted}, there are ${present}.`,
    )
  }
}
