import {isArray, isObject, type GroqObject, type GroqValue} from '../../evaluate/value.ts'
import type {Geometry, Path, Position} from './geometry.ts'

/** Collections within collections: RFC 7946 (3.1.8) advises against any. */
const DEEPEST_COLLECTION = 16

/**
 * The geometry that an object stands for (GROQ specification, "geo type"): a place by `lat` and either `lng` or `lon`, or a
 * geometry object of GeoJSON, of which nothing but the geometry is kept. `undefined` for anything else.
 */
export function readGeometry(value: GroqValue): Geometry | undefined {
  return isObject(value) ? (readPlace(value) ?? readGeoJson(value, 0)) : undefined
}

/** The place at a latitude and a longitude in degrees. */
export function place(latitude: unknown, longitude: unknown): Geometry | undefined {
  const coordinates = [longitude, latitude]
  return isPosition(coordinates) ? {type: 'Point', coordinates} : undefined
}

function readPlace({lat, lng, lon}: GroqObject): Geometry | undefined {
  if (isGiven(lng) && isGiven(lon)) return undefined
  return place(lat, isGiven(lng) ? lng : lon)
}

function isGiven(value: GroqValue | undefined): boolean {
  return value !== undefined && value !== null
}

function readGeoJson(value: GroqObject, depth: number): Geometry | undefined {
  const {type, coordinates} = value
  switch (type) {
    case 'Point':
      return isPosition(coordinates) ? {type, coordinates} : undefined
    case 'MultiPoint':
      return isListOf(coordinates, isPosition) ? {type, coordinates} : undefined
    case 'LineString':
      return isPath(coordinates) ? {type, coordinates} : undefined
    case 'MultiLineString':
      return isListOf(coordinates, isPath) ? {type, coordinates} : undefined
    case 'Polygon':
      return isRings(coordinates) ? {type, coordinates} : undefined
    case 'MultiPolygon':
      return isListOf(coordinates, isRings) ? {type, coordinates} : undefined
    case 'GeometryCollection':
      return readCollection(value['geometries'], depth)
    default:
      return undefined
  }
}

function readCollection(members: GroqValue | undefined, depth: number): Geometry | undefined {
  if (!isArray(members) || members.length === 0 || depth === DEEPEST_COLLECTION) return undefined
  const geometries: Geometry[] = []
  for (const member of members) {
    const geometry = isObject(member) ? readGeoJson(member, depth + 1) : undefined
    if (geometry === undefined) return undefined
    geometries.push(geometry)
  }
  return {type: 'GeometryCollection', geometries}
}

/** Longitudes may go once past the antimeridian, so that a shape across it can be in one piece. */
function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value) || value.length < 2) return false
  if (!value.every((number) => Number.isFinite(number))) return false
  return Math.abs(value[0]) <= 360 && Math.abs(value[1]) <= 90
}

function isPath(value: unknown): value is Path {
  return isListOf(value, isPosition) && value.length >= 2
}

function isRings(value: unknown): value is readonly Path[] {
  return isListOf(value, isPath)
}

function isListOf<Item>(
  value: unknown,
  isItem: (item: unknown) => item is Item,
): value is readonly Item[] {
  return Array.isArray(value) && value.length > 0 && value.every(isItem)
}
