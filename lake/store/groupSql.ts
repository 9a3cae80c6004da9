/**
 * The published document, draft and versions of groups, as SQL of rows of `docid` to which a list of groups is bound twice, as JSON.
 * A published document has its group's id, so that only the others stand in `document_by_group`.
 */
export const docidsOfGroups = `
  SELECT docid FROM document WHERE id IN (SELECT value FROM json_each(?)) AND bundle = ''
  UNION ALL
  SELECT docid FROM document WHERE group_id IN (SELECT value FROM json_each(?)) AND bundle <> ''`

/** Whether a group has a document in one of so many bundles, none of which is that of published documents, as SQL. */
export function isInBundles(group: string, bundles: number): string {
  const marks = Array.from({length: bundles}, () => '?').join(', ')
  return `EXISTS (SELECT 1 FROM document b
    WHERE b.group_id = ${group} AND b.bundle IN (${marks}) AND b.bundle <> '')`
}
