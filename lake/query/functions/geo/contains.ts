import {boxHolds, boxesMeet, boxOfPath, type BoxIndex} from './boxes.ts'
import {
  boxOfEdge,
  contactOf,
  edgesOf,
  isOnEdge,
  placeAlong,
  positionAlong,
  sideOf,
  type Contact,
  type Edge,
} from './edges.ts'
import type {Path, Position} from './geometry.ts'
import {positionWithin, type PolygonArea} from './polygonArea.ts'
import {hasPosition, isInPolygon, type Shape} from './shape.ts'

/**
 * Whether all positions of the second shape are the first one's too, on the plane (GROQ specification, "geo::contains()").
 * A shape's boundary belongs to it: every shape contains itself. A polygon must be in one polygon as a whole; a line may
 * pass from one to the next where they touch.
 */
export function contains(outer: Shape, inner: Shape): boolean {
  if (!boxHolds(outer.box, inner.box)) return false
  return (
    inner.points.items.every((point) => hasPosition(outer, point)) &&
    inner.lines.every((line) => containsLine(outer, line)) &&
    inner.polygons.items.every((polygon) =>
      outer.polygons.some(polygon.box, (around) => polygonHolds(around, polygon)),
    )
  )
}

function containsLine(outer: Shape, line: Path): boolean {
  return holdsPath(line, {
    edges: outer.edges,
    has: (position) => hasPosition(outer, position),
    isInPolygon: (position) => isInPolygon(outer, position),
  })
}

/** Whether one polygon holds another: all of its rings, and with them everything but where the outer one has holes. */
function polygonHolds(outer: PolygonArea, inner: PolygonArea): boolean {
  if (!boxHolds(outer.box, inner.box)) return false
  const has = (position: Position): boolean => outer.locate(position) !== 'outside'
  const around: Around = {edges: outer.edges, has, isInPolygon: has}
  return (
    inner.rings.every((ring) => holdsPath(ring, around)) &&
    outer.holes().every((hole) => isHoleSpared(hole, inner))
  )
}

/** Whether a hole of the outer polygon takes nothing from the inner one, no ring of which passes through the hole. */
function isHoleSpared(hole: Path, inner: PolygonArea): boolean {
  if (!boxesMeet(boxOfPath(hole), inner.box)) return true
  for (const position of hole) {
    const whereabouts = inner.locate(position)
    if (whereabouts !== 'boundary') return whereabouts === 'outside'
  }
  const within = positionWithin(hole)
  return within === undefined || inner.locate(within) !== 'inside'
}

/** What a path may be held by. */
type Around = {
  edges: BoxIndex<Edge>
  /** Whether the position is on anything there, points and lines included. */
  has(position: Position): boolean
  isInPolygon(position: Position): boolean
}

/** Whether all of a path is held. Where none of its edges meets another, all of it is in a polygon or none. */
function holdsPath(path: Path, around: Around): boolean {
  const first = path[0]
  if (first === undefined || !around.has(first)) return false
  let isInside = false
  return edgesOf(path).every((edge) => {
    const met: Met[] = []
    around.edges.each(boxOfEdge(edge), (other) => {
      const contact = contactOf(edge, other)
      if (contact !== 'none') met.push({other, contact})
    })
    if (met.length === 0) {
      isInside ||= around.isInPolygon(edge.from)
      return isInside
    }
    isInside = false
    return around.has(edge.to) && holdsBetween(edge, met, around)
  })
}

type Met = {other: Edge; contact: Contact}

/** Pieces shorter than this share of their edge are rounding. */
const NOTHING = 1e-12

/**
 * Whether all of an edge is held whose two ends are: it is cut wherever it meets another edge; what then runs along one is
 * held by it, and every other piece if its middle is in a polygon.
 */
function holdsBetween(edge: Edge, met: readonly Met[], around: Around): boolean {
  const cuts = [0, 1]
  const along: {start: number; end: number}[] = []
  for (const {other, contact} of met) {
    const places = placesOfContact(edge, other, contact)
    for (const place of places) cuts.push(place)
    if (contact === 'overlap') along.push({start: Math.min(...places), end: Math.max(...places)})
  }
  cuts.sort((one, another) => one - another)
  along.sort((one, another) => one.start - another.start)
  let [reach, next] = [0, 0]
  return cuts.every((end, place) => {
    const start = cuts[place - 1]
    if (start === undefined || end - start <= NOTHING || end <= 0 || start >= 1) return true
    for (let stretch = along[next]; stretch !== undefined; stretch = along[next]) {
      if (stretch.start > start) break
      reach = Math.max(reach, stretch.end)
      next += 1
    }
    return reach >= end || around.isInPolygon(positionAlong(edge, (start + end) / 2))
  })
}

/** How far along the edge the other one meets it. */
function placesOfContact(edge: Edge, other: Edge, contact: Contact): number[] {
  if (contact === 'cross') {
    const [from, to] = [sideOf(other, edge.from), sideOf(other, edge.to)]
    return [from / (from - to)]
  }
  return [other.from, other.to]
    .filter((position) => contact === 'overlap' || isOnEdge(edge, position))
    .map((position) => placeAlong(edge, position))
}
