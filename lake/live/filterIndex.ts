import {isJsonObject, type JsonValue, type LakeDocument} from '../documents/document.ts'
import {groupIdOf, releaseOf} from '../documents/ids.ts'
import {referencesOf} from '../documents/references.ts'
import type {Condition} from '../query/selection.ts'
import {placesOf, type Place, type Whereabouts} from './filterPlaces.ts'

/** Filters under the same whereabouts, by the value that a document has there when they may match it. */
type Shelf<Filter> = {at: Whereabouts; byValue: Map<string, Set<Filter>>}

/**
 * Filters by what they can match, so that a change is not told to each of thousands to learn that one is concerned. What
 * it finds for a document holds every filter that matches it, and few that do not.
 */
export class FilterIndex<Filter> {
  readonly #shelves = new Map<string, Shelf<Filter>>()
  readonly #broad = new Set<Filter>()

  /** How many filters have to be asked about every document. */
  get broadCount(): number {
    return this.#broad.size
  }

  /** `condition`: what every document meets that the filter matches. */
  add(filter: Filter, condition: Condition): void {
    const places = placesOf(condition)
    if (places === undefined) this.#broad.add(filter)
    for (const {at, values} of places ?? []) {
      const shelf = this.#shelf(at)
      for (const value of values) {
        const filters = shelf.byValue.get(value)
        if (filters) filters.add(filter)
        else shelf.byValue.set(value, new Set([filter]))
      }
    }
  }

  /** `condition`: the one that it was added with. */
  remove(filter: Filter, condition: Condition): void {
    this.#broad.delete(filter)
    for (const place of placesOf(condition) ?? []) this.#clear(filter, place)
  }

  /** The filters that may match a document. */
  find(document: LakeDocument): Set<Filter> {
    const found = new Set(this.#broad)
    for (const {at, byValue} of this.#shelves.values()) {
      for (const value of valuesOf(document, at)) {
        for (const filter of byValue.get(value) ?? []) found.add(filter)
      }
    }
    return found
  }

  #shelf(at: Whereabouts): Shelf<Filter> {
    const name = JSON.stringify(at)
    const known = this.#shelves.get(name)
    if (known) return known
    const shelf: Shelf<Filter> = {at, byValue: new Map()}
    this.#shelves.set(name, shelf)
    return shelf
  }

  #clear(filter: Filter, {at, values}: Place): void {
    const name = JSON.stringify(at)
    const byValue = this.#shelves.get(name)?.byValue
    if (!byValue) return
    for (const value of values) {
      const filters = byValue.get(value)
      filters?.delete(filter)
      if (filters?.size === 0) byValue.delete(value)
    }
    if (byValue.size === 0) this.#shelves.delete(name)
  }
}

function valuesOf(document: LakeDocument, at: Whereabouts): readonly string[] {
  switch (at.kind) {
    case 'value': {
      const value = valueAt(document, at.steps)
      return typeof value === 'string' ? [value] : []
    }
    case 'group':
      return [groupIdOf(document._id)]
    case 'reference':
      return referencesOf(document).map(({target}) => target)
    case 'release': {
      const release = releaseOf(document._id)
      return release === undefined ? [] : [release]
    }
  }
}

/** What stands at the end of a way through attributes and elements; elements may be counted from the end. */
function valueAt(
  document: LakeDocument,
  steps: readonly (string | number)[],
): JsonValue | undefined {
  let value: JsonValue | undefined = document
  for (const step of steps) {
    if (typeof step === 'number') value = Array.isArray(value) ? value.at(step) : undefined
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }
  return value
}
