import {z} from 'zod'

import {openLake, type Lake} from '../../lake/server.ts'
import {landmarks} from '../newsroom/newsroom.ts'
import {median} from '../support/statistics.ts'
import {withCopy, type NewsroomFolder} from './engine/dataFolder.ts'
import {benchCallers, benchEnvironment, benchIdentity, benchRoles} from './engine/environment.ts'
import {figureOf, noFindings, ratioOf, type Findings} from './figures.ts'
import {listenQueries} from './listenQueries.ts'

const commits = 200
const warmUp = 30
/** Of the questions, so many are about the document that changes. */
const about = 3
const mostMilliseconds = 5
const origin = 'http://localhost:3000'

const listenerCounts = z.object({evaluations: z.number(), commits: z.number()})

/**
 * What a commit costs the server when a thousand listeners are open, each on another question, of which three are about
 * the changed document. Measured in the server's process, from the mutation until those three have been told.
 */
export function measureListeners(folder: NewsroomFolder): Promise<Findings> {
  return withCopy(folder, async ({directory, stories}) => {
    const environment = benchEnvironment()
    const lake = await openLake({
      dataDirectory: directory,
      projectId: 'bench',
      datasets: ['production'],
      publicUrl: origin,
      extraHosts: [],
      productName: 'Bench',
      roles: benchRoles,
      environment,
    })
    try {
      const draft = `drafts.${landmarks(stories).drafted}`
      const questions = listenQueries(draft)
      const few = questions.slice(0, about)
      const commit = committing(lake, draft, benchCallers(environment).writer)
      const fewListeners = await listenTo(lake, few)
      const alone = await commitInTurn(commit, fewListeners.told)
      await listenTo(lake, questions.slice(about))
      const before = await countsOf(lake)
      const crowded = await commitInTurn(commit, fewListeners.told)
      const after = await countsOf(lake)
      const asked = (after.evaluations - before.evaluations) / (after.commits - before.commits)
      return describe(alone, crowded, {listeners: questions.length, asked})
    } finally {
      lake.endStreams()
      await lake.close()
    }
  })
}

function describe(
  alone: readonly number[],
  crowded: readonly number[],
  {listeners, asked}: {listeners: number; asked: number},
): Findings {
  const findings = noFindings()
  const count = listeners.toLocaleString('en')
  findings.figures.push(
    figureOf(`engine, a commit with ${about} listeners, until they are told`, alone),
    figureOf(`engine, a commit with ${count} listeners, until those ${about} are told`, crowded),
  )
  const added = Math.max(0, median(crowded) - median(alone))
  findings.ratios.push(
    ratioOf(
      `what ${count} listeners add to a commit, to ${mostMilliseconds} ms`,
      added,
      mostMilliseconds,
      1,
    ),
  )
  findings.remarks.push({
    what: `filters evaluated a commit, of ${count}`,
    value: asked.toFixed(1),
  })
  return findings
}

async function countsOf(lake: Lake) {
  const answer = await lake.internalFetch(benchIdentity)(
    `${origin}/v2025-02-19/data/listeners/production`,
  )
  return listenerCounts.parse(await answer.json())
}

function committing(lake: Lake, draft: string, writer: ReturnType<typeof benchCallers>['writer']) {
  const dataset = lake.dataset('production')
  return (headline: string) => dataset.mutate([{patch: {id: draft, set: {headline}}}], {}, writer)
}

async function commitInTurn(
  commit: (headline: string) => Promise<unknown>,
  told: (count: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = []
  for (let number = -warmUp; number < commits; number++) {
    const began = performance.now()
    const hearing = told(about)
    await commit(`Commit ${number} at ${began}`)
    await hearing
    if (number >= 0) times.push(performance.now() - began)
  }
  return times
}

/** Opens listeners through the lake's own front door and waits until all of them are welcome. */
async function listenTo(lake: Lake, queries: readonly string[]) {
  const ask = lake.internalFetch(benchIdentity)
  let waiting: {left: number; done: () => void} | undefined
  const tell = (events: number) => {
    if (!waiting || events === 0) return
    waiting.left -= events
    if (waiting.left <= 0) waiting.done()
  }
  for (const query of queries) {
    const search = new URLSearchParams({query, includeAllVersions: 'true', effectFormat: 'mendoza'})
    const answer = await ask(`${origin}/v2025-02-19/data/listen/production?${search}`)
    if (answer.status !== 200 || !answer.body) throw new Error(`No listener for ${query}.`)
    await new Promise<void>((resolve, reject) => {
      follow(answer, (text) => {
        if (text.includes('event: welcome')) resolve()
        tell(text.split('event: mutation').length - 1)
      }).catch(reject)
    })
  }
  return {
    /** Resolves once so many events have come since now, to all listeners together. */
    told: (count: number) =>
      new Promise<void>((done) => {
        waiting = {left: count, done}
      }),
  }
}

async function follow(answer: Response, receive: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  for await (const piece of answer.body ?? []) receive(decoder.decode(piece, {stream: true}))
}
