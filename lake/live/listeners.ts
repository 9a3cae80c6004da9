import type {Caller} from '../access/caller.ts'
import type {LakeDocument} from '../documents/document.ts'
import type {DocumentFilter} from '../query/filter.ts'
import type {FrameSink} from './frames.ts'
import type {ListenRequest} from './listenRequest.ts'
import type {Audience, WrittenCommit} from './mutationEvents.ts'
import {createSharedFilters, type FilterCounts} from './sharedFilters.ts'

export type Listener = Audience & {
  sink: FrameSink
  /** What was committed before the first frame went out; `undefined` from then on. */
  waiting: WrittenCommit[] | undefined
  /** Listeners hear of a commit in the order in which they came. */
  arrival: number
}

/** The listeners that are open, found by what they listen to. */
export type Listeners = {
  /** Throws `LakeError` `queryParseError`. */
  open(request: ListenRequest, caller: Caller, sink: FrameSink): Listener
  /** Does nothing when the listener is not open any more. */
  remove(listener: Listener): void
  isOpen(listener: Listener): boolean
  all(): Listener[]
  /** Those whose first frame has not gone out. */
  starting(): Listener[]
  /** The listeners that a commit may concern, and of the commit what may concern them. */
  concernedBy(written: WrittenCommit): {listener: Listener; part: WrittenCommit}[]
  counts(): ListenerCounts
}

export type ListenerCounts = FilterCounts & {listeners: number}

type WrittenChange = WrittenCommit['changes'][number]

export function createListeners(): Listeners {
  const open = new Set<Listener>()
  const byFilter = new Map<DocumentFilter, Set<Listener>>()
  const filters = createSharedFilters()
  let arrivals = 0

  function mayMatch(document: LakeDocument | undefined): Iterable<DocumentFilter> {
    return document === undefined ? [] : filters.mayMatch(document)
  }

  function changesByFilter({changes}: WrittenCommit): Map<DocumentFilter, WrittenChange[]> {
    const found = new Map<DocumentFilter, WrittenChange[]>()
    for (const written of changes) {
      const {previous, result} = written.change
      for (const filter of new Set([...mayMatch(previous), ...mayMatch(result)])) {
        const known = found.get(filter)
        if (known) known.push(written)
        else found.set(filter, [written])
      }
    }
    return found
  }

  return {
    open(request, caller, sink) {
      const filter = filters.take(request, caller)
      arrivals += 1
      const listener: Listener = {request, filter, caller, sink, waiting: [], arrival: arrivals}
      open.add(listener)
      const sharing = byFilter.get(filter)
      if (sharing) sharing.add(listener)
      else byFilter.set(filter, new Set([listener]))
      return listener
    },
    remove(listener) {
      if (!open.delete(listener)) return
      const sharing = byFilter.get(listener.filter)
      sharing?.delete(listener)
      if (sharing?.size === 0) byFilter.delete(listener.filter)
      filters.giveBack(listener.filter)
    },
    isOpen: (listener) => open.has(listener),
    all: () => [...open],
    starting: () => [...open].filter(({waiting}) => waiting !== undefined),
    concernedBy(written) {
      const concerned = [...changesByFilter(written)].flatMap(([filter, changes]) => {
        const part = {commit: written.commit, changes}
        return Array.from(byFilter.get(filter) ?? [], (listener) => ({listener, part}))
      })
      return concerned
        .filter(({listener}) => listener.waiting === undefined)
        .toSorted((left, right) => left.listener.arrival - right.listener.arrival)
    },
    counts: () => ({listeners: open.size, ...filters.counts()}),
  }
}
