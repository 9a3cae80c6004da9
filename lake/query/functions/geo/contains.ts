import {boxHolds, boxesMeet, boxOfPath, type BoxIndex} from './boxes.ts'
import {
  boxOfEdge,
  contactOf,
  edgesOf,
  isOnEdge,
  placeAlong,
  positionAlong,
  sideOf,
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
  return (
    line.every((position) => hasPosition(outer, position)) &&
    edgesOf(line).every((edge) =>
      holdsBetween(edge, outer.edges, (position) => isInPolygon(outer, position)),
    )
  )
}

/** Whether one polygon holds another: all of its rings, and with them everything but where the outer one has holes. */
function polygonHolds(outer: PolygonArea, inner: PolygonArea): boolean {
  if (!boxHolds(outer.box, inner.box)) return false
  const holds = (position: Position): boolean => outer.locate(position) !== 'outside'
  return (
    inner.rings.every((ring) => ring.every(holds)) &&
    inner.edges.items.every((edge) => holdsBetween(edge, outer.edges, holds)) &&
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

/** Pieces shorter than this share of their edge are rounding. */
const NOTHING = 1e-12

/**
 * Whether all of an edge is held whose two ends are: it is cut wherever it meets another edge; what then runs along one is
 * held by it, and of every other piece `isWithin` decides by its middle.
 */
function holdsBetween(
  edge: Edge,
  others: BoxIndex<Edge>,
  isWithin: (position: Position) => boolean,
): boolean {
  const cuts = [0, 1]
  const along: {start: number; end: number}[] = []
  others.each(boxOfEdge(edge), (other) => {
    const contact = contactOf(edge, other)
    if (contact === 'none') return
    const places = placesOfContact(edge, other, contact === 'cross')
    cuts.push(...places)
    if (contact === 'overlap') along.push({start: Math.min(...places), end: Math.max(...places)})
  })
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
    return reach >= end || isWithin(positionAlong(edge, (start + end) / 2))
  })
}

function placesOfContact(edge: Edge, other: Edge, isCrossing: boolean): number[] {
  if (isCrossing) {
    const [from, to] = [sideOf(other, edge.from), sideOf(other, edge.to)]
    return [from / (from - to)]
  }
  const overlapping = sideOf(edge, other.from) === 0 && sideOf(edge, other.to) === 0
  return [other.from, other.to]
    .filter((position) => overlapping || isOnEdge(edge, position))
    .map((position) => placeAlong(edge, position))
}
