import {join} from 'node:path'

import {landmarks} from '../newsroom/newsroom.ts'
import {connectTo, type Connection} from '../support/connection.ts'
import {median, percentile} from '../support/statistics.ts'
import {withCopy, type NewsroomFolder} from './engine/dataFolder.ts'
import {figureOf, noFindings, ratioOf, type Findings} from './figures.ts'
import {listenQueries} from './listenQueries.ts'
import {lakePathOf, limitPathOf} from './reads.ts'
import {pauses, withReaders} from './readers.ts'
import {withServers, type Servers} from './servers.ts'
import {amongStories} from './words.ts'
import {worksAmong} from './works.ts'

const keystrokes = {alone: 400, besideReaders: 300}
/** Keystrokes that come first and are not counted: a server is typed into for hours. */
const warmUp = {alone: 300, besideReaders: 300}
/** Typing beside readers ends after so long, however few keystrokes came through. */
const patience = 20_000
const listeners = 10
const mostMilliseconds = 10

/** The one who types: resolves once the keystroke is on disk. */
type Typist = (text: string) => Promise<unknown>

/**
 * A keystroke in a draft, durable, through HTTP with ten listeners, beside one attribute changed in a bare SQLite
 * transaction through the same web server; then each beside 64 connections that read, calmly and without a pause.
 */
export function measureKeystroke(folder: NewsroomFolder): Promise<Findings> {
  return withCopy(folder, (copy) =>
    withServers(copy, join(copy.directory, 'bare.sqlite'), (servers) =>
      type(folder.stories, servers),
    ),
  )
}

async function type(stories: number, {lake, limit}: Servers): Promise<Findings> {
  const findings = noFindings()
  const draft = `drafts.${landmarks(stories).drafted}`
  const toLake = connectTo(lake.origin, lake.token)
  const toLimit = connectTo(limit.origin)
  const events = await listen(lake, draft)
  const inLake: Typist = (text) =>
    toLake.post('/v2025-02-19/data/mutate/production?visibility=sync', {
      mutations: [{patch: {id: draft, set: {headline: text}}}],
    })
  const inBare: Typist = (text) => toLimit.post('/keystroke', {text})
  try {
    const [alone, bareAlone] = await typeInTurn(keystrokes.alone, inLake, inBare)
    findings.figures.push(
      figureOf(`engine, a keystroke with ${listeners} listeners, ${amongStories(stories)}`, alone),
      figureOf('bare SQLite, the same through HTTP', bareAlone),
    )
    findings.ratios.push(
      ratioOf('keystroke to a bare transaction, median', median(alone), median(bareAlone), 1.5),
    )

    const reading = worksAmong(stories).filter(({name}) => name === 'slug' || name === 'frontPage')
    let besides = 0
    for (const [how, pause] of Object.entries(pauses)) {
      const title =
        how === 'calm' ? `64 readers who pause for ${pause} ms` : '64 readers without a pause'
      const lakePaths = reading.map(lakePathOf)
      const limitPaths = reading.map(limitPathOf)
      const beside = await withReaders({origin: lake.origin, paths: lakePaths, pause}, () =>
        typeAlone(keystrokes.besideReaders, inLake),
      )
      const bare = await withReaders({origin: limit.origin, paths: limitPaths, pause}, () =>
        typeAlone(keystrokes.besideReaders, inBare),
      )
      besides += warmUp.besideReaders + beside.answer.length
      findings.figures.push(
        figureOf(`engine, a keystroke beside ${title}`, beside.answer),
        figureOf(`bare SQLite, the same beside ${title}`, bare.answer),
      )
      findings.remarks.push({
        what: `answers to ${title} meanwhile`,
        value: `engine ${beside.perSecond}, SQL ${bare.perSecond} a second`,
      })
      if (how === 'calm') {
        findings.ratios.push(
          ratioOf(
            `keystroke beside ${title}, 99th percentile to ${mostMilliseconds} ms`,
            percentile(beside.answer, 0.99),
            mostMilliseconds,
            1,
          ),
        )
      }
    }
    const sent = warmUp.alone + alone.length + besides
    findings.remarks.push({
      what: 'keystrokes that the listeners of the draft heard of',
      value: `${await events.heard(sent)} of ${sent}`,
    })
  } finally {
    events.close()
    toLake.close()
    toLimit.close()
  }
  return findings
}

/** Both in turn, one keystroke each, so that the disk's moods meet both. */
async function typeInTurn(
  count: number,
  one: Typist,
  other: Typist,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []]
  for (let number = -warmUp.alone; number < count; number++) {
    for (const [index, typist] of [one, other].entries()) {
      const began = performance.now()
      await typist(headlineAfter(number + warmUp.alone))
      if (number >= 0) times[index]?.push(performance.now() - began)
    }
  }
  return times
}

async function typeAlone(count: number, typist: Typist): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + patience
  for (let number = -warmUp.besideReaders; number < count; number++) {
    if (times.length > 0 && performance.now() > until) break
    const began = performance.now()
    await typist(`${headlineAfter(number + warmUp.besideReaders)} again`)
    if (number >= 0) times.push(performance.now() - began)
  }
  return times
}

/** Never the same as the one before, and not longer than a headline is. */
function headlineAfter(number: number): string {
  return `A headline that somebody is typing, letter ${number}`
}

/** Ten listeners as a Studio with this draft open has them; those of the draft count what they hear. */
async function listen({origin, token}: Servers['lake'], draft: string) {
  const connections: Connection[] = []
  const heard = [0, 0]
  /** Called whenever one of them has heard something. */
  let hearing = () => {}
  const queries = listenQueries(draft).slice(0, listeners)
  for (const [index, query] of queries.entries()) {
    const connection = connectTo(origin, token)
    connections.push(connection)
    const search = new URLSearchParams({
      query,
      includeAllVersions: 'true',
      effectFormat: 'mendoza',
      visibility: 'query',
    })
    await new Promise<void>((resolve, reject) => {
      const receive = (text: string) => {
        if (text.includes('event: welcome')) resolve()
        const told = heard[index]
        if (told === undefined) return
        heard[index] = told + text.split('event: mutation').length - 1
        hearing()
      }
      connection.follow(`/v2025-02-19/data/listen/production?${search}`, receive).catch(reject)
    })
  }
  return {
    /** Waits, at most a second, until both have heard so many. */
    async heard(count: number): Promise<number> {
      await new Promise<void>((resolve) => {
        const patience = setTimeout(resolve, 1000)
        hearing = () => {
          if (Math.min(...heard) < count) return
          clearTimeout(patience)
          resolve()
        }
        hearing()
      })
      return Math.min(...heard)
    },
    close: () => connections.forEach((connection) => connection.close()),
  }
}
