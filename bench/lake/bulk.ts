import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setImmediate as turn} from 'node:timers/promises'

import {openDataset} from '../../lake/documents/openDataset.ts'
import {newsroom} from '../newsroom/newsroom.ts'
import type {NewDocument} from '../newsroom/surroundings.ts'
import {median} from '../support/statistics.ts'
import {benchCallers, benchEnvironment} from './engine/environment.ts'
import {figureOf, noFindings, ratioOf, type Findings} from './figures.ts'
import {bareDocumentOf, openBareStore} from './limit/bareStore.ts'

const stories = 10_000
const perTransaction = 100
/** Transactions that come first and are not counted. */
const warmUp = 5

/**
 * Creating stories, 100 in a transaction, beside inserting the same JSON into one table of SQLite. The lake is given documents
 * as a request's body is parsed to, SQLite their JSON ready made. Compared are whole runs, with what both put off to later
 * transactions, and the transaction in the middle.
 */
export async function measureBulk(): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-bulk-'))
  const environment = benchEnvironment()
  const {writer} = benchCallers(environment)
  const file = join(folder, 'lake.sqlite')
  const dataset = await openDataset({name: 'production', projectId: 'bench', file, environment})
  const bare = openBareStore(join(folder, 'bare.sqlite'))
  try {
    const documents = [...newsroom(stories)]
    const isStory = ({_id, _type}: NewDocument) => _type === 'article' && !_id.includes('.')
    const surroundings = documents.filter(
      ({_type}) => _type !== 'article' && _type !== 'breakingNews',
    )
    for (const batch of batchesOf(surroundings)) {
      await dataset.mutate(batch.map(toCreate), {}, writer)
    }
    const lakeTimes: number[] = []
    const bareTimes: number[] = []
    for (const batch of batchesOf(documents.filter(isStory))) {
      const mutations = batch.map(parsed).map(toCreate)
      const rows = batch.map(bareDocumentOf)
      // What garbage the bench has made is cleared in this turn rather than in the lake's.
      await turn()
      const began = performance.now()
      await dataset.mutate(mutations, {}, writer)
      const between = performance.now()
      bare.insert(rows)
      lakeTimes.push(between - began)
      bareTimes.push(performance.now() - between)
    }
    return describe(lakeTimes.slice(warmUp), bareTimes.slice(warmUp))
  } finally {
    bare.close()
    await dataset.close()
    rmSync(folder, {recursive: true, force: true})
  }
}

function describe(lakeTimes: readonly number[], bareTimes: readonly number[]): Findings {
  const findings = noFindings()
  findings.figures.push(
    figureOf('engine, creating 100 stories in a transaction', lakeTimes),
    figureOf('bare SQLite, inserting the same 100', bareTimes),
  )
  findings.ratios.push(
    ratioOf('bulk create to bare inserts', sumOf(lakeTimes), sumOf(bareTimes), 3),
    ratioOf('bulk create to bare inserts, median', median(lakeTimes), median(bareTimes)),
  )
  const perSecond = Math.round((perTransaction * lakeTimes.length * 1000) / sumOf(lakeTimes))
  findings.remarks.push({what: 'bulk create', value: `${perSecond.toLocaleString('en')} a second`})
  return findings
}

function sumOf(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0)
}

/** A document as it is read from a request. */
function parsed(document: NewDocument): NewDocument {
  return JSON.parse(JSON.stringify(document))
}

function toCreate(document: NewDocument) {
  return {create: document}
}

function batchesOf(documents: readonly NewDocument[]): NewDocument[][] {
  const batches: NewDocument[][] = []
  for (let start = 0; start < documents.length; start += perTransaction) {
    batches.push(documents.slice(start, start + perTransaction))
  }
  return batches
}
