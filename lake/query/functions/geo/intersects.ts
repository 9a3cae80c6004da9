import {boxOfPosition, boxesMeet} from './boxes.ts'
import {boxOfEdge, contactOf} from './edges.ts'
import type {Position} from './geometry.ts'
import {hasPosition, isInPolygon, type Shape} from './shape.ts'

/**
 * Whether two shapes share a position, on the plane (GROQ specification, "geo::intersects()"). A shape's boundary belongs
 * to it: shapes that only touch intersect.
 */
export function intersects(one: Shape, other: Shape): boolean {
  if (!boxesMeet(one.box, other.box)) return false
  return (
    someOf(one.points.items, other, hasPosition) ||
    someOf(other.points.items, one, hasPosition) ||
    edgesMeet(one, other) ||
    // Without a meeting of edges, a line or polygon is in a polygon as a whole or not at all.
    someOf(corners(one), other, isInPolygon) ||
    someOf(corners(other), one, isInPolygon)
  )
}

function someOf(
  positions: readonly Position[],
  shape: Shape,
  test: (shape: Shape, position: Position) => boolean,
): boolean {
  return positions.some(
    (position) => boxesMeet(shape.box, boxOfPosition(position)) && test(shape, position),
  )
}

function edgesMeet(one: Shape, other: Shape): boolean {
  const [fewer, more] =
    one.edges.items.length <= other.edges.items.length ? [one, other] : [other, one]
  return fewer.edges.some(more.box, (edge) =>
    more.edges.some(boxOfEdge(edge), (met) => contactOf(edge, met) !== 'none'),
  )
}

/** One position of each line and each polygon. */
function corners(shape: Shape): Position[] {
  const firsts = [...shape.lines, ...shape.polygons.items.map((polygon) => polygon.rings[0])]
  return firsts.flatMap((path) => (path?.[0] === undefined ? [] : [path[0]]))
}
