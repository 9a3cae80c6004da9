import {Hono, type Context} from 'hono'

import type {Commit} from '../documents/commit.ts'
import type {Dataset, TransactionLogRequest} from '../documents/dataset.ts'
import {httpError} from '../errors.ts'
import type {LakeHonoEnv} from './environment.ts'
import {answerLines} from './ndjson.ts'

const defaultLimit = 50
const maximumLimit = 1000

type Moment = Parameters<Dataset['documentsAt']>[1]

/** `GET /data/history/:dataset/…`: documents as they were, the transaction log, and what happened to a story. */
export function historyRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/history/:dataset/documents/:ids', async (context) => {
    const {caller, dataset} = context.var
    const ids = listOf(context.req.param('ids'))
    return context.json({documents: await dataset.documentsAt(ids, momentOf(context), caller)})
  })
  routes.get('/data/history/:dataset/transactions/:ids', async (context) => {
    const {caller, dataset} = context.var
    const request = logRequest(context, listOf(context.req.param('ids')))
    const shape = {
      withMutations: !isOn(context, 'excludeMutations') && !isOn(context, 'excludeContent'),
      withEffects: context.req.query('effectFormat') === 'mendoza',
      identifiedOnly: isOn(context, 'includeIdentifiedDocumentsOnly'),
      documentIds: request.documentIds,
    }
    return await answerLines(context, logLines(dataset.transactions(request, caller), shape))
  })
  routes.get('/data/history/:dataset/events/documents/:id', async (context) => {
    const {caller, dataset} = context.var
    const id = context.req.param('id')
    const cursor = text(context, 'nextCursor')
    const page = {limit: limitOf(context), ...(cursor === undefined ? {} : {cursor})}
    const {events, nextCursor} = await dataset.documentEvents(id, page, caller)
    return context.json({events: {[id]: events}, nextCursor})
  })
  routes.get('/data/history/:dataset/events/releases/:id', (context) =>
    context.json({events: [], nextCursor: ''}),
  )
  return routes
}

function momentOf(context: Context<LakeHonoEnv>): Moment {
  const revision = text(context, 'revision')
  if (revision !== undefined) return {revision}
  const time = text(context, 'time')
  if (time === undefined) return {last: true}
  return {time: momentIn(time)}
}

/** The log's own form of a time, in which times are compared as text. Throws 400 when it is none. */
function momentIn(time: string): string {
  const parsed = new Date(time)
  if (!Number.isNaN(parsed.getTime())) return parsed.toISOString()
  throw httpError(400, 'timeMalformed', `"${time}" is not a time. Use ISO 8601, in UTC.`)
}

function logRequest(
  context: Context<LakeHonoEnv>,
  documentIds: readonly string[],
): TransactionLogRequest {
  const authors = text(context, 'authors')
  const bounds = ['fromTransaction', 'toTransaction', 'fromTime', 'toTime'] as const
  const given = bounds.flatMap((name) => {
    const value = text(context, name)
    if (value === undefined) return []
    return [[name, name.endsWith('Time') ? momentIn(value) : value]]
  })
  return {
    documentIds,
    ...Object.fromEntries(given),
    ...(authors === undefined ? {} : {authors: listOf(authors)}),
    reverse: isOn(context, 'reverse'),
    limit: limitOf(context),
  }
}

type LineShape = {
  withMutations: boolean
  withEffects: boolean
  /** Whether documents that were not asked for are left out of the line. */
  identifiedOnly: boolean
  documentIds: readonly string[]
}

async function* logLines(commits: AsyncIterable<Commit>, shape: LineShape) {
  for await (const commit of commits) yield logLine(commit, shape)
}

function logLine(commit: Commit, shape: LineShape) {
  const {transactionId, timestamp, author, changes} = commit
  const identified = changes.filter(({documentId}) => shape.documentIds.includes(documentId))
  const listed = shape.identifiedOnly ? identified : changes
  const effects = identified.map(({documentId, effects: both}) => [documentId, both])
  return {
    id: transactionId,
    timestamp,
    author,
    documentIDs: listed.map(({documentId}) => documentId),
    ...(shape.withMutations ? {mutations: listed.flatMap(({mutations}) => mutations)} : {}),
    ...(shape.withEffects ? {effects: Object.fromEntries(effects)} : {}),
  }
}

function limitOf(context: Context<LakeHonoEnv>): number {
  const given = Number(text(context, 'limit') ?? defaultLimit)
  if (Number.isInteger(given) && given > 0) return Math.min(given, maximumLimit)
  throw httpError(400, 'limitMalformed', '"limit" must be a whole number above zero.')
}

/** A query parameter; an empty one counts as not given. */
function text(context: Context<LakeHonoEnv>, name: string): string | undefined {
  return context.req.query(name) || undefined
}

function isOn(context: Context<LakeHonoEnv>, name: string): boolean {
  return context.req.query(name) === 'true'
}

function listOf(ids: string): string[] {
  return ids.split(',').filter((id) => id !== '')
}
