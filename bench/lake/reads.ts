import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {z} from 'zod'

import {connectTo} from '../support/connection.ts'
import {median} from '../support/statistics.ts'
import type {NewsroomFolder} from './engine/dataFolder.ts'
import {openEngine} from './engine/openEngine.ts'
import {figureOf, noFindings, ratioOf, type Findings} from './figures.ts'
import {groqJsOver} from './groqJs.ts'
import {openLimit} from './limit/answers.ts'
import {race, slowRaceOptions, type Contestant} from './race.ts'
import {differenceOf} from './sameAnswer.ts'
import {withServers} from './servers.ts'
import {amongStories} from './words.ts'
import {worksAmong, type Work} from './works.ts'

/** Up to so many stories, groq-js takes part. */
const groqJsStories = 10_000

const inProcessGoal = 2
const httpGoal = 1.5

const answered = z.object({result: z.json()})

/**
 * Each work in process (engine, hand-written SQL, groq-js) and through HTTP (engine, hand-written SQL), side by side,
 * once all of them have been seen to answer the same.
 */
export async function measureReads(folder: NewsroomFolder): Promise<Findings> {
  const findings = noFindings()
  await inProcess(folder, findings)
  await throughHttp(folder, findings)
  return findings
}

async function inProcess(folder: NewsroomFolder, findings: Findings): Promise<void> {
  const {answer: engine, dataset, reader, clock, close} = await openEngine(folder)
  const limit = openLimit(folder.limitFile)
  try {
    const byHand = ({name, params}: Work): unknown =>
      JSON.parse(limit.answer(name, params, clock.now()))
    const groqJs =
      folder.stories <= groqJsStories ? await groqJsOver(dataset, reader, clock) : undefined

    for (const work of worksAmong(folder.stories)) {
      const about = `${work.title}, ${amongStories(folder.stories)}`
      const answer = await engine(work)
      tellDifference(findings, `SQL on ${about}`, differenceOf(work, answer, byHand(work)))
      if (groqJs) {
        const difference = differenceOf(work, answer, await groqJs(work))
        tellDifference(findings, `groq-js on ${about}`, difference)
      }
      const times = await race<'engine' | 'SQL'>([
        {name: 'engine', run: () => engine(work)},
        {name: 'SQL', run: () => byHand(work)},
      ])
      const medianOf = tellTimes(findings, about, 'in process', times)
      findings.ratios.push(
        ratioOf(
          `engine to SQL in process, ${about}`,
          medianOf('engine'),
          medianOf('SQL'),
          inProcessGoal,
        ),
      )
      if (groqJs) {
        const slow = await race([{name: 'groq-js', run: () => groqJs(work)}], slowRaceOptions)
        const taken = tellTimes(findings, about, 'in process', slow)('groq-js')
        findings.ratios.push(ratioOf(`engine to groq-js, ${about}`, medianOf('engine'), taken))
      }
    }
  } finally {
    limit.close()
    await close()
  }
}

/** The lake makes its accounts and a token in the folder; the documents stay as they are. */
async function throughHttp(folder: NewsroomFolder, findings: Findings): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'dateline-bench-bare-'))
  try {
    await withServers(folder, join(scratch, 'bare.sqlite'), ({lake, limit}) =>
      raceThroughHttp(folder.stories, findings, {lake: lake.origin, limit: limit.origin}),
    )
  } finally {
    rmSync(scratch, {recursive: true, force: true})
  }
}

async function raceThroughHttp(
  stories: number,
  findings: Findings,
  origins: {lake: string; limit: string},
): Promise<void> {
  const lake = connectTo(origins.lake)
  const limit = connectTo(origins.limit)
  try {
    for (const work of worksAmong(stories)) {
      const about = `${work.title}, ${amongStories(stories)}`
      const lakePath = lakePathOf(work)
      const limitPath = limitPathOf(work)
      const [one, other] = await Promise.all([lake.get(lakePath), limit.get(limitPath)])
      const resultOf = (text: string) => answered.parse(JSON.parse(text)).result
      const difference = differenceOf(work, resultOf(one), resultOf(other))
      tellDifference(findings, `SQL through HTTP on ${about}`, difference)
      const contestants: Contestant<'engine' | 'SQL'>[] = [
        {name: 'engine', run: () => lake.get(lakePath)},
        {name: 'SQL', run: () => limit.get(limitPath)},
      ]
      const times = await race(contestants)
      const medianOf = tellTimes(findings, about, 'through HTTP', times)
      findings.ratios.push(
        ratioOf(
          `engine to SQL through HTTP, ${about}`,
          medianOf('engine'),
          medianOf('SQL'),
          httpGoal,
        ),
      )
    }
  } finally {
    lake.close()
    limit.close()
  }
}

/** The path at which the lake answers a work, as anyone may ask it. */
export function lakePathOf({query, params}: Work): string {
  const search = new URLSearchParams({query, returnQuery: 'false', perspective: 'published'})
  for (const [name, value] of Object.entries(params)) search.set(`$${name}`, JSON.stringify(value))
  return `/v2025-02-19/data/query/production?${search}`
}

/** The path at which hand-written SQL answers a work. */
export function limitPathOf({name, params}: Work): string {
  return `/answer/${name}?${new URLSearchParams({params: JSON.stringify(params)})}`
}

function tellDifference(findings: Findings, what: string, difference: string | undefined): void {
  if (difference !== undefined) findings.remarks.push({what, value: difference})
}

/** Adds the figures of a race; answers with the way to ask for a contestant's median. */
function tellTimes<Name extends string>(
  findings: Findings,
  about: string,
  where: string,
  times: Map<Name, number[]>,
): (name: Name) => number {
  for (const [name, taken] of times) {
    findings.figures.push(figureOf(`${name} ${where}, ${about}`, taken))
  }
  return (name) => median(times.get(name) ?? [])
}
