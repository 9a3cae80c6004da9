import fc from 'fast-check'
import {describe, expect, test} from 'vitest'

import type {JsonValue} from '../../../lake/documents/document.ts'
import {
  contains,
  distance,
  geo,
  intersects,
  latLng,
  line,
  lines,
  point,
  polygon,
  polygons,
  square,
  type Place,
} from './support/geographies.ts'

describe('for any shapes', () => {
  const place = fc.tuple(fc.integer({min: 0, max: 4}), fc.integer({min: 0, max: 4}))
  const path = fc.array(place, {minLength: 2, maxLength: 4})
  const closed = fc.array(place, {minLength: 3, maxLength: 6}).map((corners) => {
    const first = corners.slice(0, 1)
    return [...corners, ...first]
  })
  const rings = fc.oneof(
    closed.map((border) => [border]),
    closed.map((hole) => [square(0, 0, 4), hole]),
  )
  const shape = fc
    .oneof(
      place.map((at) => point(...at)),
      path.map((positions) => line(...positions)),
      fc.array(path, {minLength: 1, maxLength: 3}).map((paths) => lines(...paths)),
      rings.map((border) => polygon(...border)),
      fc.tuple(rings, rings).map((two) => polygons(...two)),
    )
    .filter((value) => geo(value) !== null)

  /** Every half degree of the square that the shapes are in. */
  const sample = Array.from({length: 81}, (_, number) =>
    point((number % 9) / 2, Math.floor(number / 9) / 2),
  )

  test('what is true of every place is true of the whole', () => {
    fc.assert(
      fc.property(shape, shape, (one, other) => {
        const inOne = sample.map((at) => contains(one, at))
        const inOther = sample.map((at) => contains(other, at))
        const meet = intersects(one, other)
        const holds = contains(one, other)
        expect(intersects(other, one)).toBe(meet)
        const share = inOne.some((isIn, number) => isIn === true && inOther[number] === true)
        const isBeyond = inOther.some((isIn, number) => isIn === true && inOne[number] === false)
        expect({
          meet: meet === true || (!share && holds === false),
          holds: holds === false || !isBeyond,
        }).toEqual({meet: true, holds: true})
      }),
      {numRuns: 2_000},
    )
  })

  test('each contains itself', () => {
    fc.assert(
      fc.property(shape, (value) => {
        expect(contains(value, value)).toBe(true)
      }),
    )
  })

  test('no value makes a function throw', () => {
    const asJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value))
    const types = [
      'Point',
      'MultiPoint',
      'LineString',
      'Polygon',
      'MultiPolygon',
      'GeometryCollection',
    ]
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.record({
        type: fc.constantFrom(...types),
        coordinates: fc.jsonValue(),
        geometries: fc.array(fc.jsonValue()),
      }),
      fc.record({lat: fc.double(), lng: fc.double()}),
      fc.array(fc.tuple(fc.double(), fc.double())).map((positions) => polygon(positions)),
    )
    fc.assert(
      fc.property(odd, odd, (one: unknown, other: unknown) => {
        const [left, right] = [asJson(one), asJson(other)]
        expect(() => [
          geo(left),
          ...[contains, intersects, distance, latLng].map((called) => called(left, right)),
        ]).not.toThrow()
      }),
    )
  })
})

test('a coastline of many corners is held against many others without comparing each with each', () => {
  const coast = (corners: number, radius: number): Place[] => {
    const positions = Array.from({length: corners}, (_, number): Place => {
      const angle = (number / corners) * 2 * Math.PI
      const reach = radius * (1 + 0.1 * Math.sin(angle * 99))
      return [reach * Math.cos(angle), reach * Math.sin(angle)]
    })
    return [...positions, ...positions.slice(0, 1)]
  }
  const [continent, country] = [polygon(coast(40_000, 20)), polygon(coast(20_000, 10))]
  expect([
    contains(continent, country),
    contains(country, continent),
    intersects(country, continent),
  ]).toEqual([true, false, true])
})
