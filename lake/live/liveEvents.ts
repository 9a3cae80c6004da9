import type {Caller} from '../access/caller.ts'
import type {Commit} from '../documents/commit.ts'
import type {Dataset} from '../documents/dataset.ts'
import type {LakeDocument} from '../documents/document.ts'
import {isPublicId, kindOf} from '../documents/ids.ts'
import type {LakeEnvironment} from '../environment.ts'
import {anythingTag, tagsOfChange} from '../query/syncTags.ts'
import {formatEventId, parseEventId} from './eventId.ts'
import {frameText, type FrameSink} from './frames.ts'

export type LiveRequest = {
  /** Whether changes of drafts and versions are told too, to those who may read them. */
  includeDrafts: boolean
  lastEventId: string | undefined
}

/** Tells readers of a dataset which answers have grown old (HTTP API, "Live content"). */
export type LiveEvents = {
  /**
   * Starts a reader and returns the way to stop it. The first frame is `welcome`, or `restart` when what happened since
   * the last event cannot be told any more; after it comes a `message` a commit with the tags of what it touched.
   */
  follow(request: LiveRequest, caller: Caller, sink: FrameSink): () => void
  close(): void
}

type Reader = {
  request: LiveRequest
  caller: Caller
  sink: FrameSink
  /** Commits that came in before the first frame went out. */
  waiting: Commit[] | undefined
}

/** A reader that was away for more commits than this asks everything again, which then costs less. */
const mostMissed = 200

/** Hears of a dataset's commits. Unlike the listeners' hub it tells no contents, only tags. */
export function createLiveEvents({
  dataset,
  environment,
}: {
  dataset: Dataset
  environment: LakeEnvironment
}): LiveEvents {
  const readers = new Set<Reader>()
  /** Commits are told one after the other, also where something has to be read first. */
  let telling: Promise<void> = Promise.resolve()
  const unsubscribe = dataset.onCommit((commit) => {
    for (const {waiting} of readers) waiting?.push(commit)
    tellInTurn(
      commit,
      [...readers].filter(({waiting}) => waiting === undefined),
    )
  })

  function tellInTurn(commit: Commit, audience: readonly Reader[]): void {
    if (audience.length === 0) return
    telling = telling
      .then(() => tell(commit, audience))
      .catch((error: unknown) => {
        environment.logger.error({err: error}, 'readers of live events could not be told')
        // Whoever missed an event must not go on as if nothing had happened.
        for (const reader of audience) end(reader)
      })
  }

  async function tell(commit: Commit, audience: readonly Reader[]): Promise<void> {
    const insider = audience.find((reader) => hearsOfDrafts(reader))
    const siblings = insider ? await siblingsOf(commit, insider.caller) : []
    const texts = new Map<string, string | undefined>()
    for (const reader of audience) {
      if (!readers.has(reader)) continue
      const drafts = hearsOfDrafts(reader)
      const kind = `${drafts} ${reader.caller.reads}`
      if (!texts.has(kind)) texts.set(kind, messageText(commit, reader, drafts ? siblings : []))
      const text = texts.get(kind)
      if (text !== undefined) reader.sink.send(text)
    }
  }

  /**
   * The other versions of the drafts and versions that changed. A draft that comes or goes hides or uncovers what is
   * published, so that an answer may change which is about the published one's slug or type.
   */
  async function siblingsOf({changes}: Commit, caller: Caller): Promise<LakeDocument[]> {
    const ids = changes
      .map(({documentId}) => documentId)
      .filter((documentId) => kindOf(documentId) !== 'published')
    return ids.length === 0 ? [] : await dataset.versionsOf(ids, caller)
  }

  function end(reader: Reader): void {
    if (readers.delete(reader)) reader.sink.end()
  }

  async function begin(reader: Reader, sequence: number): Promise<void> {
    const missed = await missedSince(reader.request.lastEventId, sequence)
    const [last] = sequence > 0 ? await dataset.commitsAfter(sequence - 1, 1) : []
    if (!readers.has(reader)) return
    const id = missed?.from ?? eventIdOf(last)
    reader.sink.send(frameText({event: missed ? 'welcome' : 'restart', data: '{}', id}))
    const waiting = reader.waiting ?? []
    reader.waiting = undefined
    const later = waiting.filter((commit) => commit.sequence > sequence)
    for (const commit of [...(missed?.commits ?? []), ...later]) tellInTurn(commit, [reader])
  }

  /** The commits after an event up to a place in the log; `undefined` when they cannot be told any more. */
  async function missedSince(
    lastEventId: string | undefined,
    sequence: number,
  ): Promise<{from?: string; commits: Commit[]} | undefined> {
    if (lastEventId === undefined) return {commits: []}
    const seen = parseEventId(lastEventId)
    if (!seen || seen.sequence > sequence || sequence - seen.sequence > mostMissed) return undefined
    const tail = await dataset.commitsAfter(Math.max(seen.sequence - 1, 0), mostMissed + 1)
    const known = seen.sequence === 0 ? undefined : tail.shift()
    if (eventIdOf(known) !== lastEventId) return undefined
    return {from: lastEventId, commits: tail.filter((commit) => commit.sequence <= sequence)}
  }

  return {
    follow(request, caller, sink) {
      const reader: Reader = {request, caller, sink, waiting: []}
      readers.add(reader)
      begin(reader, dataset.lastSequence()).catch((error: unknown) => {
        environment.logger.error({err: error}, 'a reader of live events could not start')
        end(reader)
      })
      return () => readers.delete(reader)
    },
    close() {
      unsubscribe()
      for (const {sink} of readers) sink.end()
      readers.clear()
    },
  }
}

function messageText(
  commit: Commit,
  reader: Reader,
  siblings: readonly LakeDocument[],
): string | undefined {
  const touched = commit.changes
    .filter(({documentId}) => concerns(documentId, reader))
    .flatMap(({previous, result}) => tagsOfChange(previous, result))
  if (touched.length === 0) return undefined
  const others = siblings.flatMap((document) => tagsOfChange(undefined, document))
  const tags = [anythingTag, ...new Set([...touched, ...others])]
  const data = JSON.stringify({tags})
  return frameText({event: 'message', data, id: eventIdOf(commit)})
}

/** Only those hear of drafts who may read them and ask to. */
function hearsOfDrafts({request, caller}: Reader): boolean {
  return request.includeDrafts && caller.reads === 'everything'
}

function concerns(documentId: string, {request, caller}: Reader): boolean {
  if (caller.reads === 'public' && !isPublicId(documentId)) return false
  return request.includeDrafts || kindOf(documentId) === 'published'
}

/** The id under which a commit is told; of no commit, the one of the beginning. */
function eventIdOf(commit: Commit | undefined): string {
  const {sequence, transactionId} = commit ?? {sequence: 0, transactionId: ''}
  return formatEventId({sequence, transactionId, torn: false})
}
