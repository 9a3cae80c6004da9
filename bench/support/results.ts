import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

/** One line of a table: what was measured, in words, and what came out, with its unit. */
export type Row = {what: string; result: string}

const file = join(import.meta.dirname, '..', 'README.md')

/** Puts a measurement's table between its markers in `bench/README.md`; the other tables stay. */
export async function writeResults(
  name: string,
  rows: readonly Row[],
  {on, machine}: {on: Date; machine: string},
): Promise<void> {
  const text = await readFile(file, 'utf8')
  const begin = `<!-- ${name}: begin -->`
  const end = `<!-- ${name}: end -->`
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`bench/README.md has no place for "${name}".`)
  const table = [
    begin,
    '| what | result |',
    '|---|---|',
    ...rows.map(({what, result}) => `| ${what} | ${result} |`),
    '',
    `\`npm run bench -- ${name}\` on ${on.toISOString().slice(0, 10)}; ${machine}.`,
    '',
  ].join('\n')
  await writeFile(file, text.slice(0, from) + table + text.slice(to))
}
