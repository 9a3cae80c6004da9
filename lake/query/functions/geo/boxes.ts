import Flatbush from 'flatbush'

import type {Path, Position} from './geometry.ts'

/** A rectangle of longitudes and latitudes, its edge included. */
export type Box = {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export function boxOfPosition([longitude, latitude]: Position): Box {
  return {west: longitude, south: latitude, east: longitude, north: latitude}
}

export function boxOfPath(path: Path): Box {
  return boxAround(path.map(boxOfPosition))
}

/** The smallest box that holds all of them. */
export function boxAround(boxes: readonly Box[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes) {
    west = Math.min(west, box.west)
    south = Math.min(south, box.south)
    east = Math.max(east, box.east)
    north = Math.max(north, box.north)
  }
  return {west, south, east, north}
}

export function boxesMeet(one: Box, other: Box): boolean {
  return (
    one.west <= other.east &&
    other.west <= one.east &&
    one.south <= other.north &&
    other.south <= one.north
  )
}

/** Whether the first box holds all of the second. */
export function boxHolds(outer: Box, inner: Box): boolean {
  return (
    outer.west <= inner.west &&
    outer.south <= inner.south &&
    outer.east >= inner.east &&
    outer.north >= inner.north
  )
}

/** Below this many items, looking at each is faster than a tree. */
const WORTH_A_TREE = 24

/** Things that have a place, found by the box that they must meet. The tree is made when it is first needed. */
export class BoxIndex<Item> {
  readonly items: readonly Item[]
  readonly boxOf: (item: Item) => Box
  #tree: Flatbush | undefined

  constructor(items: readonly Item[], boxOf: (item: Item) => Box) {
    this.items = items
    this.boxOf = boxOf
  }

  /** Whether `test` holds for any item whose box meets this one. */
  some(box: Box, test: (item: Item) => boolean): boolean {
    if (this.items.length < WORTH_A_TREE) {
      return this.items.some((item) => boxesMeet(this.boxOf(item), box) && test(item))
    }
    return this.#grown().collides(box.west, box.south, box.east, box.north, (place) => {
      const item = this.items[place]
      return item !== undefined && test(item)
    })
  }

  /** Calls `visit` with every item whose box meets this one. */
  each(box: Box, visit: (item: Item) => void): void {
    this.some(box, (item) => {
      visit(item)
      return false
    })
  }

  #grown(): Flatbush {
    if (this.#tree !== undefined) return this.#tree
    const tree = new Flatbush(this.items.length)
    for (const item of this.items) {
      const {west, south, east, north} = this.boxOf(item)
      tree.add(west, south, east, north)
    }
    tree.finish()
    this.#tree = tree
    return tree
  }
}
