/** A place: longitude and latitude in degrees, then perhaps an altitude, which no function looks at (RFC 7946, 3.1.1). */
export type Position = readonly [longitude: number, latitude: number, ...more: number[]]

/** A line of two or more positions, or a polygon's ring, whose last position is its first again. */
export type Path = readonly Position[]

/** What a geography can be: a geometry object of GeoJSON (RFC 7946, 3.1). */
export type Geometry =
  | {readonly type: 'Point'; readonly coordinates: Position}
  | {readonly type: 'MultiPoint'; readonly coordinates: readonly Position[]}
  | {readonly type: 'LineString'; readonly coordinates: Path}
  | {readonly type: 'MultiLineString'; readonly coordinates: readonly Path[]}
  | {readonly type: 'Polygon'; readonly coordinates: readonly Path[]}
  | {readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Path[])[]}
  | {readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[]}

/** Whether both stand at the same longitude and latitude. */
export function samePosition(one: Position, other: Position): boolean {
  return one[0] === other[0] && one[1] === other[1]
}
