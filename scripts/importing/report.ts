import {ClientError, ServerError} from '@sanity/client'

import {EditorialError} from '../../editorial/errors.ts'
import type {CapturedStory} from '../../ingest/capture.ts'
import {IngestError} from '../../ingest/ingestError.ts'

/** What is told of one file, whether or not anything was written. */
export type FileReport = {
  file: string
  /** What happened to the story, in a sentence. */
  sentence: string
  captured: CapturedStory
  documents: readonly {_id: string; _type: string}[]
}

/** A calm summary of one import for a terminal. */
export function summaryOf({file, sentence, captured, documents}: FileReport): string {
  const {article: story, questions, receipt} = captured
  const rows = [
    `${file}: ${sentence}`,
    `  ${story.headline}`,
    `  ${describeParts(captured)}`,
    ...documents.map(({_id, _type}) => `  ${_type} ${_id}`),
    ...section(
      'Questions for an editor',
      questions.map(({question, assumed}) => [question, `Assumed: ${assumed}`]).flat(),
    ),
    ...section('Left out as page furniture', furniture(receipt)),
    ...section(
      'Found no place',
      receipt.lines.flatMap((line) =>
        line.fate === 'unplaced' ? [`line ${line.line}: ${shorten(line.text)}`] : [],
      ),
    ),
  ]
  return rows.join('\n')
}

/** Why one file could not be imported while others can; undefined for what stops the whole import. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof IngestError || error instanceof EditorialError) return error.message
  if (error instanceof ClientError && error.statusCode === 409) {
    return 'Somebody changed the story at the same moment, so nothing was written. Import it again.'
  }
  if (error instanceof ClientError || error instanceof ServerError) {
    return `The lake refused the story: ${error.message}`
  }
  return undefined
}

/** One line of JSON: what `--json` prints for a story. */
export function jsonOf({file, captured, documents}: FileReport): string {
  const {receipt, questions, unplaced} = captured
  return JSON.stringify({file, documents, receipt, questions, unplaced})
}

function describeParts({article: story, receipt: {counts}}: CapturedStory): string {
  const facts = [
    story.language,
    story.update === true ? 'update flag' : undefined,
    story.source?.label === undefined ? undefined : `label “${story.source.label}”`,
    story.byline === undefined ? undefined : `by ${story.byline}`,
    counted(story.lede?.length ?? 0, 'block', 'in the lede'),
    counted(story.sections?.length ?? 0, 'section'),
    `lines: ${counts.kept} kept, ${counts.merged} merged, ${counts.dropped} left out, ${counts.unplaced} unplaced`,
  ]
  return facts.filter((fact) => fact !== undefined).join(' · ')
}

function furniture({lines}: CapturedStory['receipt']): string[] {
  const byRule = new Map<string, number[]>()
  for (const line of lines) {
    if (line.fate === 'dropped')
      byRule.set(line.rule, [...(byRule.get(line.rule) ?? []), line.line])
  }
  return [...byRule].map(
    ([rule, numbers]) =>
      `${rule}: ${numbers.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}`,
  )
}

function section(title: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : [`  ${title}:`, ...rows.map((row) => `    ${row}`)]
}

function counted(count: number, noun: string, where = ''): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}${where === '' ? '' : ` ${where}`}`
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : text
}
