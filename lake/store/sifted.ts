import type {JsonObject} from '../documents/document.ts'
import type {Condition, Selection, Sift, WordsCondition} from '../query/selection.ts'
import {picking} from './bodies.ts'
import type {Sql} from './conditionSql.ts'
import type {Statistics} from './drivers.ts'
import {uncertainSql} from './textIndex.ts'

/** Stands before a document that has to be looked at; JSON never begins with it. */
const open = '?'

/** The column that a sifted selection reads of each document: of those that are certain, only what is wanted of them. */
export function siftedColumn(
  {where, attributes, sift}: Selection & {sift: Sift},
  {count}: Statistics,
): Sql {
  const wide = picking(sift.attributes).column
  if (!sift.certain) return {text: wide, values: []}
  const {text, values} = uncertainSql(wordsIn(where), 'd.docid', count)
  const narrow = picking(attributes).column
  return {text: `iif(${text}, '${open}' || coalesce(${wide}, 'null'), ${narrow})`, values}
}

/** Reads that column back; `undefined` for a document that does not pass. */
export function siftedDocument(
  id: string,
  column: unknown,
  {attributes, sift}: {attributes: Selection['attributes']; sift: Sift},
  shown: (document: JsonObject) => JsonObject,
): JsonObject | undefined {
  const isOpen = typeof column === 'string' && column.startsWith(open)
  if (sift.certain && !isOpen) return shown(picking(attributes).documentOf(id, column))
  const body = isOpen ? column.slice(open.length) : column
  const document = shown(picking(sift.attributes).documentOf(id, body))
  return sift.passes(document) ? document : undefined
}

/** All that a condition asks of words. */
export function wordsIn(condition: Condition): readonly WordsCondition[] {
  if (condition.kind === 'words') return [condition]
  return condition.kind === 'all' || condition.kind === 'any' ? condition.of.flatMap(wordsIn) : []
}
