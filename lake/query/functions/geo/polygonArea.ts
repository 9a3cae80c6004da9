import {
  BoxIndex,
  boxAround,
  boxHolds,
  boxOfPath,
  boxOfPosition,
  boxesMeet,
  type Box,
} from './boxes.ts'
import {contactOf, boxOfEdge, edgeIndex, edgesOf, isOnEdge, sideOf, type Edge} from './edges.ts'
import {samePosition, type Path, type Position} from './geometry.ts'

/** Where a position lies, seen from a polygon. A hole is outside, its ring is boundary. */
export type Whereabouts = 'inside' | 'boundary' | 'outside'

/** A polygon's rings, ready to be asked what lies in them. The first ring is its border, the others are holes. */
export class PolygonArea {
  readonly rings: readonly Path[]
  readonly box: Box
  readonly edges: BoxIndex<Edge>

  constructor(rings: readonly Path[]) {
    this.rings = rings
    this.edges = edgeIndex(rings.flatMap(edgesOf))
    this.box = boxAround(rings.map(boxOfPath))
  }

  /** Exact: no rounding moves a position from one side of a ring to the other. */
  locate(position: Position): Whereabouts {
    const here = boxOfPosition(position)
    if (!boxesMeet(this.box, here)) return 'outside'
    if (this.edges.some(here, (edge) => isOnEdge(edge, position))) return 'boundary'
    let isInside = false
    this.edges.each({...here, east: Infinity}, (edge) => {
      if (passesEast(edge, position)) isInside = !isInside
    })
    return isInside ? 'inside' : 'outside'
  }

  holes(): readonly Path[] {
    return this.rings.slice(1)
  }

  /**
   * Whether the rings make a polygon (RFC 7946, 3.1.6; OGC Simple Features, 6.1.11): each closed, of three corners or more,
   * no position twice in a row, never meeting itself; holes inside the border and not inside one another; two rings touch in
   * one position at most.
   */
  isValid(): boolean {
    if (!this.rings.every(isRing)) return false
    if (!this.rings.every(isSimple)) return false
    if (this.rings.length === 1) return true
    if (ringsMingle(this.rings)) return false
    const border = boxOfPath(this.rings[0] ?? [])
    return this.holes().every((hole) => {
      // A hole around the border reaches beyond it.
      if (!boxHolds(border, boxOfPath(hole))) return false
      const within = positionWithin(hole)
      return within !== undefined && this.locate(within) === 'outside'
    })
  }
}

/** Whether an edge passes to the east of a position, counting its southern end as part of it and its northern end not. */
function passesEast(edge: Edge, position: Position): boolean {
  const goesNorth = edge.from[1] <= position[1] && edge.to[1] > position[1]
  const goesSouth = edge.to[1] <= position[1] && edge.from[1] > position[1]
  if (goesNorth) return sideOf(edge, position) > 0
  return goesSouth && sideOf(edge, position) < 0
}

function isRing(ring: Path): boolean {
  const [first, last] = [ring[0], ring.at(-1)]
  if (ring.length < 4 || first === undefined || last === undefined) return false
  if (!samePosition(first, last)) return false
  return ring.every((position, place) => {
    const before = ring[place - 1]
    return before === undefined || !samePosition(before, position)
  })
}

/** Whether the ring meets itself nowhere but where one edge hands over to the next. */
function isSimple(ring: Path): boolean {
  const edges = edgesOf(ring).map((edge, place) => ({edge, place}))
  const index = new BoxIndex(edges, ({edge}) => boxOfEdge(edge))
  return !edges.some(({edge, place}) =>
    index.some(boxOfEdge(edge), (other) => {
      if (other.place <= place) return false
      const contact = contactOf(edge, other.edge)
      if (contact === 'none') return false
      const areNeighbours =
        other.place === place + 1 || (place === 0 && other.place === edges.length - 1)
      return !areNeighbours || contact !== 'touch'
    }),
  )
}

/**
 * Whether two rings cross, run along one another, or touch in two places, which either cuts the polygon's inside in two or
 * is a crossing at corners.
 */
function ringsMingle(rings: readonly Path[]): boolean {
  const edges = rings.flatMap((ring, number) => edgesOf(ring).map((edge) => ({edge, number})))
  const index = new BoxIndex(edges, ({edge}) => boxOfEdge(edge))
  const touched = new Map<string, Position>()
  return edges.some(({edge, number}) =>
    index.some(boxOfEdge(edge), (other) => {
      if (other.number <= number) return false
      const contact = contactOf(edge, other.edge)
      if (contact === 'none') return false
      const position = contact === 'touch' ? positionOfTouch(edge, other.edge) : undefined
      if (position === undefined) return true
      const pair = `${number} ${other.number}`
      const before = touched.get(pair)
      touched.set(pair, position)
      return before !== undefined && !samePosition(before, position)
    }),
  )
}

function positionOfTouch(one: Edge, other: Edge): Position | undefined {
  return (
    [other.from, other.to].find((position) => isOnEdge(one, position)) ??
    [one.from, one.to].find((position) => isOnEdge(other, position))
  )
}

/** A position strictly within a ring: the middle of its widest stretch on a latitude where it has no corner. */
export function positionWithin(ring: Path): Position | undefined {
  const latitude = latitudeBetweenCorners(ring)
  const crossings: number[] = []
  for (const {from, to} of edgesOf(ring)) {
    if (from[1] < latitude === to[1] < latitude) continue
    const share = (latitude - from[1]) / (to[1] - from[1])
    crossings.push(from[0] + share * (to[0] - from[0]))
  }
  crossings.sort((one, other) => one - other)
  let widest: {width: number; middle: number} | undefined
  for (let place = 1; place < crossings.length; place += 2) {
    const [west, east] = [crossings[place - 1] ?? NaN, crossings[place] ?? NaN]
    if (widest === undefined || east - west > widest.width) {
      widest = {width: east - west, middle: (west + east) / 2}
    }
  }
  return widest === undefined ? undefined : [widest.middle, latitude]
}

/** Half-way between the two neighbouring latitudes that are furthest apart. */
function latitudeBetweenCorners(ring: Path): number {
  const latitudes = ring.map((position) => position[1]).toSorted((one, other) => one - other)
  let [height, middle] = [-1, NaN]
  latitudes.forEach((latitude, place) => {
    const before = latitudes[place - 1]
    if (before === undefined || latitude - before <= height) return
    height = latitude - before
    middle = (latitude + before) / 2
  })
  return middle
}
