import {nowhere} from '../../../../lake/query/evaluate/scope.ts'
import type {GroqValue} from '../../../../lake/query/evaluate/value.ts'
import {geoConstructor, geoFunctions} from '../../../../lake/query/functions/geo/geoFunctions.ts'
import type {GroqFunction} from '../../../../lake/query/functions/table.ts'

function answerOf(called: GroqFunction | undefined, args: readonly GroqValue[]): GroqValue {
  if (called === undefined || !('call' in called)) throw new Error('There is no such function.')
  return called.call(args, nowhere)
}

export const geo = (value: GroqValue): GroqValue => answerOf(geoConstructor['geo'], [value])
export const latLng = (...args: GroqValue[]): GroqValue => answerOf(geoFunctions['latLng'], args)
export const contains = (...args: GroqValue[]): GroqValue =>
  answerOf(geoFunctions['contains'], args)
export const intersects = (...args: GroqValue[]): GroqValue =>
  answerOf(geoFunctions['intersects'], args)
export const distance = (...args: GroqValue[]): GroqValue =>
  answerOf(geoFunctions['distance'], args)

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
