import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

/** One line of a table: what was measured, in words, and what came out, with its unit. */
export type Row = {what: string; result: string}

export type Table = {head: readonly string[]; lines: readonly (readonly string[])[]}

/** When and where something was measured; `command` when it was more than `npm run bench -- NAME`. */
export type Occasion = {on: Date; machine: string; command?: string}

const file = join(import.meta.dirname, '..', 'README.md')

/** Puts a measurement's table between its markers in `bench/README.md`; the other tables stay. */
export function writeResults(
  name: string,
  rows: readonly Row[],
  occasion: Occasion,
): Promise<void> {
  return writeTables(name, [tableOf(rows)], occasion)
}

export function tableOf(rows: readonly Row[]): Table {
  return {head: ['what', 'result'], lines: rows.map(({what, result}) => [what, result])}
}

/** The same with tables of any columns. */
export async function writeTables(
  name: string,
  tables: readonly Table[],
  {on, machine, command = `npm run bench -- ${name}`}: Occasion,
): Promise<void> {
  const text = await readFile(file, 'utf8')
  const begin = `<!-- ${name}: begin -->`
  const end = `<!-- ${name}: end -->`
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`bench/README.md has no place for "${name}".`)
  const written = [
    begin,
    ...tables.flatMap(({head, lines}) => [
      rowOf(head),
      `|${'---|'.repeat(head.length)}`,
      ...lines.map(rowOf),
      '',
    ]),
    `\`${command}\` on ${on.toISOString().slice(0, 10)}; ${machine}.`,
    '',
  ].join('\n')
  await writeFile(file, text.slice(0, from) + written + text.slice(to))
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
