import type {Narrowing} from '../query/source.ts'

/** The SQL that fetches what narrowings want, each document once, in `_id` order. */
export function selectionSql(narrowings: readonly Narrowing[]): {
  sql: string
  parameters: string[]
} {
  const clauses = narrowings.map(clauseOf)
  return {
    sql: `SELECT body FROM document WHERE ${clauses.map(({sql}) => `(${sql})`).join(' OR ')} ORDER BY id`,
    parameters: clauses.flatMap(({parameters}) => parameters),
  }
}

/** The SQL for what comes after an id; that id and the number of documents are its last two parameters. */
export function pageSql(narrowing: Narrowing): {sql: string; parameters: string[]} {
  const {sql, parameters} = clauseOf(narrowing)
  return {
    sql: `SELECT body FROM document WHERE (${sql}) AND id > ? ORDER BY id LIMIT ?`,
    parameters,
  }
}

function clauseOf(narrowing: Narrowing): {sql: string; parameters: string[]} {
  const conditions: string[] = []
  const parameters: string[] = []
  const oneOf = (column: string, values: readonly string[] | undefined) => {
    if (values === undefined) return
    conditions.push(`${column} IN (SELECT value FROM json_each(?))`)
    parameters.push(JSON.stringify(values))
  }
  oneOf('type', narrowing.types)
  oneOf('id', narrowing.ids)
  oneOf('group_id', narrowing.groupIds)
  oneOf('kind', narrowing.kinds)
  if (narrowing.groupTypes !== undefined) {
    conditions.push(
      'group_id IN (SELECT group_id FROM document WHERE type IN (SELECT value FROM json_each(?)))',
    )
    parameters.push(JSON.stringify(narrowing.groupTypes))
  }
  if (narrowing.idPrefixes !== undefined) {
    const ranges = narrowing.idPrefixes.map(() => '(id >= ? AND id < ?)')
    conditions.push(ranges.length === 0 ? 'FALSE' : `(${ranges.join(' OR ')})`)
    // U+FFFF sorts after every character that an id may hold.
    parameters.push(...narrowing.idPrefixes.flatMap((prefix) => [prefix, `${prefix}\uFFFF`]))
  }
  if (narrowing.publicOnly === true) conditions.push("instr(id, '.') = 0")
  return {sql: conditions.length === 0 ? 'TRUE' : conditions.join(' AND '), parameters}
}
