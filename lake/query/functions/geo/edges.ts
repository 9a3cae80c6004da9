import {orient2d} from 'robust-predicates'

import {BoxIndex, boxesMeet, type Box} from './boxes.ts'
import {samePosition, type Path, type Position} from './geometry.ts'

/** A straight piece of a line or of a polygon's ring: straight in longitude and latitude, not on the globe. */
export type Edge = {readonly from: Position; readonly to: Position}

/**
 * How two edges meet: `touch` is one position, where at least one of them ends; `cross` one position inside both;
 * `overlap` a stretch that both run along.
 */
export type Contact = 'none' | 'touch' | 'cross' | 'overlap'

/** The edges of a line or a ring. A position that stands twice in a row makes none. */
export function edgesOf(path: Path): Edge[] {
  const edges: Edge[] = []
  path.forEach((to, place) => {
    const from = path[place - 1]
    if (from !== undefined && !samePosition(from, to)) edges.push({from, to})
  })
  return edges
}

export function edgeIndex(edges: readonly Edge[]): BoxIndex<Edge> {
  return new BoxIndex(edges, boxOfEdge)
}

export function boxOfEdge({from, to}: Edge): Box {
  return {
    west: Math.min(from[0], to[0]),
    south: Math.min(from[1], to[1]),
    east: Math.max(from[0], to[0]),
    north: Math.max(from[1], to[1]),
  }
}

/**
 * On which side of the edge a position lies: positive to its left, negative to its right, 0 exactly in line with it. The
 * sign is exact for any coordinates, the size is twice the area between them.
 */
export function sideOf({from, to}: Edge, position: Position): number {
  return -orient2d(from[0], from[1], to[0], to[1], position[0], position[1])
}

/** How far along the edge a position in line with it stands: 0 at its beginning, 1 at its end. */
export function placeAlong({from, to}: Edge, position: Position): number {
  const width = to[0] - from[0]
  const height = to[1] - from[1]
  return Math.abs(width) >= Math.abs(height)
    ? (position[0] - from[0]) / width
    : (position[1] - from[1]) / height
}

/** Where the edge is, so far along it. */
export function positionAlong({from, to}: Edge, place: number): Position {
  return [from[0] + place * (to[0] - from[0]), from[1] + place * (to[1] - from[1])]
}

export function isOnEdge(edge: Edge, position: Position): boolean {
  const {west, south, east, north} = boxOfEdge(edge)
  const [longitude, latitude] = position
  if (longitude < west || longitude > east || latitude < south || latitude > north) return false
  return sideOf(edge, position) === 0
}

export function contactOf(one: Edge, other: Edge): Contact {
  if (!boxesMeet(boxOfEdge(one), boxOfEdge(other))) return 'none'
  const [from, to] = [sideOf(one, other.from), sideOf(one, other.to)]
  if (from === 0 && to === 0) return contactInLine(one, other)
  if (isSameSide(from, to)) return 'none'
  const [oneFrom, oneTo] = [sideOf(other, one.from), sideOf(other, one.to)]
  if (isSameSide(oneFrom, oneTo)) return 'none'
  return from === 0 || to === 0 || oneFrom === 0 || oneTo === 0 ? 'touch' : 'cross'
}

/** Multiplying the two would make tiny ones 0. */
function isSameSide(one: number, other: number): boolean {
  return (one > 0 && other > 0) || (one < 0 && other < 0)
}

function contactInLine(one: Edge, other: Edge): Contact {
  const axis = Math.abs(one.to[0] - one.from[0]) >= Math.abs(one.to[1] - one.from[1]) ? 0 : 1
  const start = Math.max(
    Math.min(one.from[axis], one.to[axis]),
    Math.min(other.from[axis], other.to[axis]),
  )
  const end = Math.min(
    Math.max(one.from[axis], one.to[axis]),
    Math.max(other.from[axis], other.to[axis]),
  )
  if (start > end) return 'none'
  return start === end ? 'touch' : 'overlap'
}
