import type {JsonObject, JsonValue} from '../../../../lake/documents/document.ts'
import {compile} from '../../../../lake/query/evaluate/compile.ts'
import {nowhere, rootScope} from '../../../../lake/query/evaluate/scope.ts'
import {toJson} from '../../../../lake/query/evaluate/value.ts'
import {parseQuery} from '../../../../lake/query/parseQuery.ts'

/** A query of its two parameters alone, parsed and compiled once. */
function query(text: string): (one: JsonValue, other?: JsonValue) => JsonValue {
  const params: JsonObject = {one: null, other: null}
  const evaluate = compile(parseQuery(text, params))
  return (one, other = null) => toJson(evaluate(rootScope({...nowhere.run, params: {one, other}})))
}

export const geo = query('geo($one)')
export const latLng = query('geo::latLng($one, $other)')
export const contains = query('geo::contains($one, geo($other))')
export const intersects = query('geo::intersects(geo($one), $other)')
export const distance = query('geo::distance($one, $other)')

export type Place = [longitude: number, latitude: number]

export const point = (...coordinates: Place) => ({type: 'Point', coordinates})
export const points = (...coordinates: Place[]) => ({type: 'MultiPoint', coordinates})
export const line = (...coordinates: Place[]) => ({type: 'LineString', coordinates})
export const lines = (...coordinates: Place[][]) => ({type: 'MultiLineString', coordinates})
export const polygon = (...coordinates: Place[][]) => ({type: 'Polygon', coordinates})
export const polygons = (...coordinates: Place[][][]) => ({type: 'MultiPolygon', coordinates})
export const collection = (...geometries: {type: string}[]) => ({
  type: 'GeometryCollection',
  geometries,
})

/** The ring of a square whose south-western corner is at x, y. */
export const square = (x: number, y: number, side: number): Place[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
]
