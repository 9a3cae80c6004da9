import {BoxIndex, boxAround, boxOfPath, boxOfPosition, boxesMeet, type Box} from './boxes.ts'
import {edgeIndex, edgesOf, isOnEdge, type Edge} from './edges.ts'
import {samePosition, type Geometry, type Path, type Position} from './geometry.ts'
import {PolygonArea} from './polygonArea.ts'

/** A geometry as a set of points on the plane of longitudes and latitudes. */
export type Shape = {
  readonly box: Box
  readonly points: BoxIndex<Position>
  readonly lines: readonly Path[]
  readonly polygons: BoxIndex<PolygonArea>
  /** Those of the lines and of the polygons' rings. */
  readonly edges: BoxIndex<Edge>
}

export function shapeOf(geometry: Geometry): Shape {
  const {points, lines, polygons} = partsOf(geometry)
  const boxes = [
    ...points.map(boxOfPosition),
    ...lines.map(boxOfPath),
    ...polygons.map((polygon) => polygon.box),
  ]
  const edges = [...lines.flatMap(edgesOf), ...polygons.flatMap((polygon) => polygon.edges.items)]
  return {
    box: boxAround(boxes),
    points: new BoxIndex(points, boxOfPosition),
    lines,
    polygons: new BoxIndex(polygons, (polygon) => polygon.box),
    edges: edgeIndex(edges),
  }
}

/** Whether the positions make a shape: no ring that crosses itself, no line of one place only. */
export function isValidShape({lines, polygons}: Shape): boolean {
  return lines.every(isLine) && polygons.items.every((polygon) => polygon.isValid())
}

/** Whether the position is one of the shape's: one of its points, on a line, in a polygon or on its boundary. */
export function hasPosition(shape: Shape, position: Position): boolean {
  const box = boxOfPosition(position)
  if (!boxesMeet(shape.box, box)) return false
  return (
    shape.points.some(box, (point) => samePosition(point, position)) ||
    shape.edges.some(box, (edge) => isOnEdge(edge, position)) ||
    isInPolygon(shape, position)
  )
}

export function isInPolygon(shape: Shape, position: Position): boolean {
  return shape.polygons.some(
    boxOfPosition(position),
    (polygon) => polygon.locate(position) !== 'outside',
  )
}

type Parts = {points: Position[]; lines: Path[]; polygons: PolygonArea[]}

function partsOf(geometry: Geometry): Parts {
  const parts: Parts = {points: [], lines: [], polygons: []}
  collect(geometry, parts)
  return parts
}

function collect(geometry: Geometry, parts: Parts): void {
  switch (geometry.type) {
    case 'Point':
      parts.points.push(geometry.coordinates)
      break
    case 'MultiPoint':
      for (const point of geometry.coordinates) parts.points.push(point)
      break
    case 'LineString':
      parts.lines.push(geometry.coordinates)
      break
    case 'MultiLineString':
      for (const line of geometry.coordinates) parts.lines.push(line)
      break
    case 'Polygon':
      parts.polygons.push(new PolygonArea(geometry.coordinates))
      break
    case 'MultiPolygon':
      for (const rings of geometry.coordinates) parts.polygons.push(new PolygonArea(rings))
      break
    case 'GeometryCollection':
      for (const inner of geometry.geometries) collect(inner, parts)
  }
}

function isLine(path: Path): boolean {
  const first = path[0]
  return first !== undefined && path.some((position) => !samePosition(first, position))
}
