import type {Caller} from '../access/caller.ts'
import type {Commit} from '../documents/commit.ts'
import type {Dataset} from '../documents/dataset.ts'
import type {LakeEnvironment} from '../environment.ts'
import {LakeError} from '../errors.ts'
import {formatEventId, parseEventId, type EventPosition} from './eventId.ts'
import {frameText, type FrameSink} from './frames.ts'
import {createListeners, type Listener, type ListenerCounts} from './listeners.ts'
import type {ListenRequest} from './listenRequest.ts'
import {mutationEvents, writeCommit, type WrittenCommit} from './mutationEvents.ts'

/**
 * The listeners of one dataset. Streams whose session is revoked are ended by the server's gate without a word: their
 * clients come back and are then refused with 401, on which the Studio stops listening and keeps what the editor
 * typed. A `disconnect` event would take the form down with its text.
 */
export type LiveHub = {
  /**
   * Starts a listener and returns the way to stop it. The first frame is `welcome`, `welcomeback` or `reset`; every commit
   * after it follows. A query that cannot be parsed is answered in the stream, by `channelError`.
   */
  listen(request: ListenRequest, caller: Caller, sink: FrameSink): () => void
  /** What the listeners cost, for whoever runs the lake. */
  counts(): LiveCounts
  /** Ends every stream; with a reason (the dataset was deleted) by telling clients not to come back. */
  close(disconnectReason?: string): void
}

export type LiveCounts = ListenerCounts & {
  /** Commits since the start, and how often a listener was told of one. */
  commits: number
  deliveries: number
}

/** A reader that was away for more commits or characters than this starts anew, which then costs less. */
const resumeLimit = {commits: 200, characters: 2_000_000}

/** Makes the hub of a dataset. It hears of commits from the dataset alone, in the order of its log. */
export function createLiveHub({
  dataset,
  environment,
}: {
  dataset: Dataset
  environment: LakeEnvironment
}): LiveHub {
  const {clock, logger, newId} = environment
  const listeners = createListeners()
  let commits = 0
  let deliveries = 0
  let last: EventPosition | undefined
  /** Ends of the log that were read since the last commit, by the place before them. */
  const tails = new Map<number, Promise<readonly Commit[]>>()
  let closed = false
  const unsubscribe = dataset.onCommit(receive)

  function receive(commit: Commit): void {
    last = positionOf(commit)
    tails.clear()
    commits += 1
    const written = writeCommit(commit)
    for (const {waiting} of listeners.starting()) waiting?.push(written)
    for (const {listener, part} of listeners.concernedBy(written)) {
      // One that was told before may have taken others with it, as when their channel was cut.
      if (listeners.isOpen(listener)) deliver(part, listener)
    }
  }

  function deliver(written: WrittenCommit, listener: Listener): void {
    try {
      const text = mutationEvents(written, listener, clock.now())
      if (text === '') return
      deliveries += 1
      listener.sink.send(text)
    } catch (error) {
      // A listener that missed an event must not go on as if nothing had happened.
      logger.error({err: error, query: listener.request.query}, 'listener failed')
      end(listener)
    }
  }

  function listen(request: ListenRequest, caller: Caller, sink: FrameSink): () => void {
    const listener = closed ? undefined : open(request, caller, sink)
    if (!listener) {
      sink.end()
      return () => undefined
    }
    begin(listener).catch((error: unknown) => {
      logger.error({err: error, query: request.query}, 'listener could not start')
      end(listener)
    })
    return () => listeners.remove(listener)
  }

  /** A query that cannot be parsed is told in the stream, which has begun with 200. */
  function open(request: ListenRequest, caller: Caller, sink: FrameSink): Listener | undefined {
    try {
      return listeners.open(request, caller, sink)
    } catch (error) {
      if (!(error instanceof LakeError) || error.status !== 400) throw error
      sink.send(frameText({event: 'channelError', data: JSON.stringify(error.body)}))
      return undefined
    }
  }

  /** Sends a listener's first frames. What is committed meanwhile waits, so that nothing is lost, early or twice. */
  async function begin(listener: Listener): Promise<void> {
    const {enableResume, lastEventId} = listener.request
    const resuming = enableResume && lastEventId !== undefined
    const missed = resuming ? await missedSince(lastEventId) : undefined
    const position = await lastPosition()
    if (!listeners.isOpen(listener)) return
    const waiting = listener.waiting ?? []
    listener.waiting = undefined
    const welcome = JSON.stringify({listenerName: newId()})
    const replay = missed && replayText(missed, waiting, listener)
    if (replay !== undefined) {
      listener.sink.send(frameText({event: 'welcomeback', data: welcome}) + replay)
      return
    }
    // The client reads the documents after this greeting, and so sees what was committed until now.
    const id = formatEventId(last ?? position)
    listener.sink.send(
      resuming
        ? frameText({event: 'reset', data: '{}', id})
        : frameText({event: 'welcome', data: welcome, id}),
    )
  }

  /** The commits after an event, or `undefined` when they cannot be told any more. */
  async function missedSince(lastEventId: string): Promise<readonly Commit[] | undefined> {
    const seen = parseEventId(lastEventId)
    // Half a transaction has been seen: its other half alone would never complete it in the Studio.
    if (!seen || seen.torn) return undefined
    const behind = dataset.lastSequence() - seen.sequence
    if (behind < 0 || behind > resumeLimit.commits) return undefined
    const [known, ...missed] = await tailFrom(seen.sequence)
    if (seen.sequence === 0) return known ? [known, ...missed] : []
    return known && isAt(known, seen) ? missed : undefined
  }

  /** The log from a commit on. After a restart hundreds of listeners ask for the same at once, so it is read once. */
  async function tailFrom(sequence: number): Promise<readonly Commit[]> {
    const after = Math.max(sequence - 1, 0)
    const tail = tails.get(after) ?? dataset.commitsAfter(after, resumeLimit.commits + 1)
    tails.set(after, tail)
    tail.catch(() => tails.delete(after))
    return await tail
  }

  function replayText(
    missed: readonly Commit[],
    waiting: readonly WrittenCommit[],
    listener: Listener,
  ): string | undefined {
    const replayedTo = missed.at(-1)?.sequence ?? 0
    const later = waiting.filter(({commit}) => commit.sequence > replayedTo)
    const texts = [...missed.map(writeCommit), ...later].map((written) =>
      mutationEvents(written, listener, clock.now()),
    )
    const text = texts.join('')
    return text.length > resumeLimit.characters ? undefined : text
  }

  /** The place of the last commit: read from the log until the first commit of this process has come in. */
  async function lastPosition(): Promise<EventPosition> {
    if (last) return last
    const sequence = dataset.lastSequence()
    const [commit] = sequence > 0 ? await dataset.commitsAfter(sequence - 1, 1) : []
    last ??= commit ? positionOf(commit) : {sequence: 0, transactionId: '', torn: false}
    return last
  }

  function end(listener: Listener): void {
    listeners.remove(listener)
    listener.sink.end()
  }

  return {
    listen,
    counts: () => ({...listeners.counts(), commits, deliveries}),
    close(disconnectReason) {
      closed = true
      unsubscribe()
      for (const listener of listeners.all()) {
        if (disconnectReason !== undefined) listener.sink.send(disconnectText(disconnectReason))
        end(listener)
      }
    },
  }
}

function disconnectText(reason: string): string {
  return frameText({event: 'disconnect', data: JSON.stringify({reason})})
}

function positionOf({sequence, transactionId}: Commit): EventPosition {
  return {sequence, transactionId, torn: false}
}

function isAt(commit: Commit, seen: EventPosition): boolean {
  return formatEventId(positionOf(commit)) === formatEventId(seen)
}
