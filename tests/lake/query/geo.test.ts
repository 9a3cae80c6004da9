import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'
import {
  collection,
  contains,
  distance,
  geo,
  intersects,
  latLng,
  line,
  lines,
  point,
  points,
  polygon,
  polygons,
  square,
} from './support/geographies.ts'

describe('geo() (GROQ specification, "global::geo()" and "geo type")', () => {
  test.each([
    ['lat and lng', {lat: 59.91, lng: 10.75}],
    ['lat and lon', {lat: 59.91, lon: 10.75}],
    ["a studio's geopoint", {_type: 'geopoint', lat: 59.91, lng: 10.75, alt: 12}],
    ['a point', {type: 'Point', coordinates: [10.75, 59.91]}],
    ['a point with attributes of its own', {...point(10.75, 59.91), name: 'Oslo'}],
  ])('%s is a place', (_name, value) => {
    expect(geo(value)).toEqual(point(10.75, 59.91))
  })

  test.each([
    points([0, 0], [0, 0]),
    line([0, 0], [1, 1], [0, 0]),
    lines(
      [
        [0, 0],
        [1, 1],
      ],
      [
        [2, 2],
        [3, 3],
      ],
    ),
    polygon(square(0, 0, 9)),
    polygon(square(0, 0, 9), square(1, 1, 2).toReversed(), square(4, 4, 2)),
    polygons([square(0, 0, 1)], [square(5, 5, 1)]),
    collection(point(0, 0), collection(line([0, 0], [1, 1]))),
    {type: 'Point', coordinates: [10.75, 59.91, 12]},
  ])('GeoJSON leaves a query as it came: %j', (value) => {
    expect(geo(geo(value))).toEqual(value)
  })

  test.each([
    ['no object', 'Oslo'],
    ['a position alone', [10.75, 59.91]],
    ['latitude alone', {lat: 59.91}],
    ['lng and lon at once', {lat: 59.91, lng: 10.75, lon: 10.75}],
    ['text for numbers', {lat: '59.91', lng: '10.75'}],
    ['a latitude beyond the pole', {lat: 90.1, lng: 0}],
    ['a feature', {type: 'Feature', geometry: point(0, 0)}],
    ['no coordinates', {type: 'Point'}],
    ['half a position', {type: 'Point', coordinates: [10.75]}],
    ['a collection of nothing', collection()],
    ['a collection with something else in it', collection(point(0, 0), {type: 'Feature'})],
    ['a line of one position', line([0, 0])],
    ['a line that goes nowhere', line([0, 0], [0, 0])],
    [
      'a ring that is not closed',
      polygon([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]),
    ],
    [
      'a ring of two corners',
      polygon([
        [0, 0],
        [1, 0],
        [0, 0],
      ]),
    ],
    [
      'a ring without area',
      polygon([
        [0, 0],
        [1, 0],
        [2, 0],
        [0, 0],
      ]),
    ],
    [
      'a position twice in a row',
      polygon([
        [0, 0],
        [1, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ]),
    ],
    [
      'a ring that crosses itself',
      polygon([
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
        [0, 0],
      ]),
    ],
    [
      'a ring that touches itself',
      polygon([
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
        [0, 0],
      ]),
    ],
    ['a hole outside', polygon(square(0, 0, 2), square(5, 5, 2))],
    ['a hole around the border', polygon(square(2, 2, 2), square(0, 0, 9))],
    ['a hole across the border', polygon(square(0, 0, 2), square(1, 1, 2))],
    ['a hole in a hole', polygon(square(0, 0, 9), square(1, 1, 5), square(2, 2, 1))],
    ['a hole that shares a side', polygon(square(0, 0, 9), square(0, 1, 2))],
  ])('%s is no geography', (_name, value) => {
    expect([geo(value), contains(value, point(0, 0)), intersects(point(0, 0), value)]).toEqual([
      null,
      null,
      null,
    ])
  })

  test('collections may not be nested without end', () => {
    let nested: {type: string} = point(0, 0)
    for (let depth = 0; depth < 100_000; depth += 1) nested = collection(nested)
    expect(geo(nested)).toBeNull()
  })
})

describe('geo::latLng()', () => {
  test('makes a place of latitude and longitude', () => {
    expect(latLng(59.91, 10.75)).toEqual(point(10.75, 59.91))
  })

  test.each([
    [null, 1],
    [1, null],
    ['1', 1],
    [91, 0],
  ])('%j, %j is no place', (latitude, longitude) => {
    expect(latLng(latitude, longitude)).toBeNull()
  })
})

/** A square with a square hole, and one whose northern side has a notch down to its middle. */
const ring = polygon(square(0, 0, 10), square(4, 4, 2))
const notched = polygon([
  [0, 0],
  [4, 0],
  [4, 4],
  [2, 2],
  [0, 4],
  [0, 0],
])
const islands = polygons([square(0, 0, 2)], [square(2, 2, 2)], [square(8, 8, 1)])

describe('geo::contains() (GROQ specification, "geo::contains()")', () => {
  test.each([
    ['a place inside', ring, {lat: 1, lng: 1}],
    ['a place on the border', ring, point(0, 5)],
    ['a place on the border of a hole', ring, point(4, 5)],
    ['itself', ring, ring],
    [
      'a polygon around the hole, with the same hole',
      ring,
      polygon(square(3, 3, 4), square(4, 4, 2)),
    ],
    ['a line along the border of a hole', ring, line([3, 4], [7, 4])],
    ['a line that touches the notch', notched, line([0, 2], [4, 2])],
    ['places on different islands', islands, points([1, 1], [3, 3], [8.5, 8.5])],
    ['a line from one island to the next, where they touch', islands, line([1, 1], [3, 3])],
    ['a polygon on one island', islands, polygon(square(8.2, 8.2, 0.5))],
    [
      'a stretch of a road in two pieces',
      lines(
        [
          [0, 0],
          [2, 2],
        ],
        [
          [2, 2],
          [5, 5],
        ],
      ),
      line([1, 1], [4, 4]),
    ],
    ['the same place', point(1, 1), {lat: 1, lng: 1}],
    ['a place on a line', line([0, 0], [3, 3]), point(1, 1)],
    ['what one of a collection contains', collection(point(50, 50), ring), point(1, 1)],
  ])('%s is contained', (_name, outer, inner) => {
    expect(contains(outer, inner)).toBe(true)
  })

  test.each([
    ['a place outside', ring, point(11, 5)],
    ['a place in a hole', ring, point(5, 5)],
    ['a polygon over a hole', ring, polygon(square(3, 3, 4))],
    ['a polygon that fills a hole', ring, polygon(square(4, 4, 2))],
    ['a line across a hole', ring, line([1, 5], [9, 5])],
    ['a line across a notch, its ends inside', notched, line([0, 3], [4, 3])],
    [
      'a polygon over a notch, its corners inside',
      notched,
      polygon([
        [1, 1],
        [4, 4],
        [0, 4],
        [1, 1],
      ]),
    ],
    [
      'a polygon over two islands',
      islands,
      polygon([
        [0, 0],
        [4, 4],
        [0, 2],
        [0, 0],
      ]),
    ],
    ['places of which one is at sea', islands, points([1, 1], [3, 1])],
    ['the larger', polygon(square(1, 1, 1)), polygon(square(0, 0, 10))],
    ['a place just beside a line', line([0, 0], [3, 3]), point(1, 1.0000000000000002)],
    ['a polygon in a line around it', line(...square(0, 0, 1)), polygon(square(0, 0, 1))],
  ])('%s is not', (_name, outer, inner) => {
    expect(contains(outer, inner)).toBe(false)
  })
})

describe('geo::intersects() (GROQ specification, "geo::intersects()")', () => {
  test.each([
    ['a line that crosses a polygon', ring, line([-1, 1], [11, 1])],
    ['a polygon that holds the other', ring, polygon(square(-5, -5, 50))],
    ['a polygon in the other', ring, polygon(square(1, 1, 1))],
    ['polygons that touch at a corner', ring, polygon(square(10, 10, 1))],
    ['polygons that share a side', ring, polygon(square(10, 0, 1))],
    ['a polygon that fills a hole', ring, polygon(square(4, 4, 2))],
    ['lines that cross', line([0, 0], [2, 2]), line([0, 2], [2, 0])],
    ['lines that run together for a while', line([0, 0], [2, 2]), line([1, 1], [3, 3])],
    ['a line that ends on another', line([0, 0], [2, 0]), line([1, 0], [1, 5])],
    ['a place on an island', islands, {lat: 8.5, lng: 8.5}],
    ['one member of a collection', collection(point(50, 50), line([0, 0], [1, 1])), islands],
  ])('%s: true, whichever comes first', (_name, one, other) => {
    expect([intersects(one, other), intersects(other, one)]).toEqual([true, true])
  })

  test.each([
    ['a line beside a polygon', ring, line([-1, -1], [-1, 11])],
    ['a polygon in a hole', ring, polygon(square(4.5, 4.5, 1))],
    ['a place in a hole', ring, point(5, 5)],
    ['a line in a notch', notched, line([1, 4], [3, 4])],
    ['parallel lines', line([0, 0], [2, 2]), line([0, 1], [2, 3])],
    ['stretches of one straight line', line([0, 0], [1, 1]), line([2, 2], [3, 3])],
    ['a polygon at sea between islands', islands, polygon(square(5, 5, 2))],
    ['edges are straight in degrees, not on the globe', line([0, 50], [60, 50]), point(30, 53)],
  ])('%s: false, whichever comes first', (_name, one, other) => {
    expect([intersects(one, other), intersects(other, one)]).toEqual([false, false])
  })
})

describe('geo::distance() (GROQ specification, "geo::distance()")', () => {
  const quarterOfEquator = (6_378_137 * Math.PI) / 2

  test.each([
    ['along the equator', {lat: 0, lng: 0}, {lat: 0, lng: 90}, quarterOfEquator],
    ['from the pole', point(123, 90), point(-77, 0), quarterOfEquator],
    ['across the antimeridian', point(179, 0), point(-179, 0), quarterOfEquator / 45],
    ['to the other side of the earth', point(10, 60), point(-170, -60), quarterOfEquator * 2],
    ['to the same place', {lat: 59.91, lng: 10.75}, point(10.75, 59.91), 0],
  ])('%s, in metres', (_name, one, other, metres) => {
    expect(distance(one, other)).toBeCloseTo(metres, 3)
  })

  test('only two points have one', () => {
    const here = point(0, 0)
    expect([
      distance(here, points([1, 1])),
      distance(line([0, 0], [1, 1]), here),
      distance(here, {}),
      distance(null, here),
    ]).toEqual([null, null, null, null])
  })
})

describe('over documents', () => {
  let lake: RunningLake
  let client: SanityClient
  beforeAll(async () => {
    lake = await startLake()
    client = await lake.clientFor('editor', {perspective: 'raw'})
    const berlin = {lat: 52.517, lng: 13.389}
    await client
      .transaction()
      .create({
        _id: 'oslo',
        _type: 'place',
        location: {_type: 'geopoint', lat: 59.914, lng: 10.752},
      })
      .create({_id: 'berlin', _type: 'place', location: berlin})
      .create({_id: 'bergen', _type: 'place', location: point(5.322, 60.391)})
      .create({_id: 'nowhere', _type: 'place'})
      .commit()
  })
  afterAll(() => lake.close())

  test('an area given as a parameter filters, a distance orders and is answered', async () => {
    const norway = polygon([
      [4, 57],
      [13, 57],
      [31, 71],
      [12, 66],
      [4, 62],
      [4, 57],
    ])
    const query = `*[_type == "place"] | order(geo::distance(location, $here) asc) {
      _id, "isThere": geo::contains($area, location), "at": geo(location)
    }`
    expect(await client.fetch(query, {area: norway, here: {lat: 60, lon: 10}})).toEqual([
      {_id: 'oslo', isThere: true, at: point(10.752, 59.914)},
      {_id: 'bergen', isThere: true, at: point(5.322, 60.391)},
      {_id: 'berlin', isThere: false, at: point(13.389, 52.517)},
      {_id: 'nowhere', isThere: null, at: null},
    ])
  })

  test('what is no geography passes no filter, nor its opposite', async () => {
    const query = `[
      *[_type == "place" && geo::contains($area, location)]._id,
      *[_type == "place" && !geo::contains($area, location)]._id,
      *[_type == "place" && geo::contains(5, location)]._id
    ]`
    expect(await client.fetch(query, {area: polygon(square(5, 55, 10))})).toEqual([
      ['bergen', 'oslo'],
      ['berlin'],
      [],
    ])
  })
})
