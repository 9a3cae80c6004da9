import type {JsonObject, JsonValue} from '../../documents/document.ts'
import type {Geometry, Position} from '../functions/geo/geometry.ts'
import {place, readGeometry} from '../functions/geo/readGeometry.ts'
import {isValidShape, shapeOf, type Shape} from '../functions/geo/shape.ts'
import {OpaqueValue, type GroqValue} from './value.ts'

/** A place, a line, an area, or several of them (GROQ specification, "geo type"). It leaves a query as GeoJSON. */
export class Geography extends OpaqueValue {
  readonly geometry: Geometry
  #shape: Shape | undefined

  private constructor(geometry: Geometry, shape?: Shape) {
    super()
    this.geometry = geometry
    this.#shape = shape
  }

  /** The geography that a value stands for: itself, or what its `lat` and `lng` or its GeoJSON says; null for none. */
  static of(value: GroqValue): Geography | null {
    if (value instanceof Geography) return value
    if (typeof value !== 'object' || value === null) return null
    return read.get(value) ?? Geography.#readFrom(value)
  }

  /** The place at these degrees; null where there is none. */
  static at(latitude: GroqValue, longitude: GroqValue): Geography | null {
    const geometry = place(latitude, longitude)
    return geometry === undefined ? null : new Geography(geometry)
  }

  /** What the geography covers, on the plane of longitudes and latitudes. */
  get shape(): Shape {
    this.#shape ??= shapeOf(this.geometry)
    return this.#shape
  }

  override toJSON(): JsonObject {
    return geoJson(this.geometry)
  }

  static #readFrom(value: GroqValue & object): Geography | null {
    const geometry = readGeometry(value)
    if (geometry === undefined) return null
    if (geometry.type === 'Point') return new Geography(geometry)
    const shape = shapeOf(geometry)
    if (!isValidShape(shape)) return null
    const geography = new Geography(geometry, shape)
    read.set(value, geography)
    return geography
  }
}

/** What an object was read as, so that an area that each of a thousand documents is held against is examined once. */
const read = new WeakMap<object, Geography>()

function geoJson(geometry: Geometry): JsonObject {
  if (geometry.type === 'GeometryCollection') {
    return {type: geometry.type, geometries: geometry.geometries.map(geoJson)}
  }
  return {type: geometry.type, coordinates: copied(geometry.coordinates)}
}

type Coordinates = Position | readonly Coordinates[]

function copied(coordinates: Coordinates): JsonValue[] {
  return coordinates.map((inner) => (typeof inner === 'number' ? inner : copied(inner)))
}
