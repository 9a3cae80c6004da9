import {reachOf, type Following} from './followingIndex.ts'

/** The log's changes by document: `change` has them in the order of the log. */
export const changesByDocument: Following = {
  source: 'change',
  number: 'sequence',
  index: 'document_change',
  columns: {document_id: 'document_id', sequence: 'sequence', position: 'position'},
  progress: 'change_indexed',
}

/** The changes of one document after a place in the log, newest first, as SQL to which the id and the place are bound by name. */
export function changesOfSql(columns: string): string {
  return `SELECT ${columns}
    FROM (
      SELECT sequence, position FROM document_change WHERE document_id = @id AND sequence > @after
      UNION ALL
      SELECT sequence, position FROM change
        WHERE sequence > max(@after, ${reachOf(changesByDocument)}) AND document_id = @id
    )
    CROSS JOIN change USING (sequence, position) CROSS JOIN log USING (sequence) ORDER BY sequence DESC`
}

/** The same, found without the index: every change is looked at. */
export function everyChangeOfSql(columns: string): string {
  return `SELECT ${columns} FROM change JOIN log USING (sequence)
    WHERE document_id = @id AND sequence > @after ORDER BY sequence DESC`
}
