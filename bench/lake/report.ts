import type {Row, Table} from '../support/results.ts'
import {asMilliseconds} from '../support/statistics.ts'
import type {Figure, Findings, Ratio} from './figures.ts'
import type {Worse} from './stored.ts'
import {amongStories} from './words.ts'
import {worksAmong} from './works.ts'

/** Every work on every size in a line, beside whom it was measured against: medians, and how many times the limit. */
export function worksTable({figures}: Findings, sizes: readonly number[]): Table {
  const medianOf = (who: string, about: string) =>
    figures.find(({what}) => what === `${who}, ${about}`)?.median
  const lines = sizes.flatMap((stories) =>
    worksAmong(stories).map(({title}) => {
      const about = `${title}, ${amongStories(stories)}`
      const engine = medianOf('engine in process', about)
      const sql = medianOf('SQL in process', about)
      const engineHttp = medianOf('engine through HTTP', about)
      const sqlHttp = medianOf('SQL through HTTP', about)
      const groqJs = medianOf('groq-js in process', about)
      return [
        title,
        stories.toLocaleString('en'),
        ...[engine, sql].map(shown),
        timesAsLong(engine, sql),
        ...[engineHttp, sqlHttp].map(shown),
        timesAsLong(engineHttp, sqlHttp),
        shown(groqJs),
      ]
    }),
  )
  const head = ['work', 'stories', 'engine', 'SQL', '×', 'HTTP: engine', 'SQL', '×', 'groq-js']
  return {head, lines: lines.filter((line) => line.some((cell) => cell.endsWith('ms')))}
}

/** What the works' table does not hold: ratios with their goals, how long things took, and what else was seen. */
export function rowsOf({figures, ratios, remarks}: Findings, sizes: readonly number[]): Row[] {
  const works = sizes.flatMap((stories) =>
    worksAmong(stories).map(({title}) => `, ${title}, ${amongStories(stories)}`),
  )
  const isElsewhere = ({what}: {what: string}) => !works.some((about) => what.endsWith(about))
  return [
    ...ratios
      .filter(isElsewhere)
      .map((ratio) => ({what: ratio.what, result: describeRatio(ratio)})),
    ...figures
      .filter(isElsewhere)
      .map((figure) => ({what: figure.what, result: describeFigure(figure)})),
    ...remarks.map(({what, value}) => ({what, result: value})),
  ]
}

/** A table for a terminal. */
export function textOf({head, lines}: Table): string {
  const rows = [head, ...lines]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`)
    .join('\n')
}

export function describeWorse({what, stored, now}: Worse): string {
  return `${what}: ${timesOf(now)}, and ${timesOf(stored)} in the stored results`
}

function describeRatio({value, goal}: Ratio): string {
  if (goal === undefined) return timesOf(value)
  return `${timesOf(value)} (goal ${goal}: ${value <= goal ? 'reached' : 'not reached'})`
}

function describeFigure({median, p95, p99, runs}: Figure): string {
  const spread = `95 % within ${shown(p95)}, 99 % within ${shown(p99)}`
  return `median ${shown(median)}, ${spread} (${runs.toLocaleString('en')} runs)`
}

/** Thousandths of a millisecond, where milliseconds have too few digits to compare. */
function shown(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '–'
  return milliseconds < 1 ? `${milliseconds.toFixed(3)} ms` : asMilliseconds(milliseconds)
}

function timesAsLong(one: number | undefined, other: number | undefined): string {
  return one === undefined || other === undefined ? '–' : timesOf(one / other)
}

function timesOf(value: number): string {
  return `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en')}×`
}
