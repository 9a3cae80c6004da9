import type {Position} from './geometry.ts'

/** The earth's radius at its equator, in metres (WGS 84). */
const EARTH_RADIUS = 6_378_137

/** How far apart two places are on the globe, in metres, by the haversine formula (GROQ specification, "geo::distance()"). */
export function distance(one: Position, other: Position): number {
  const [latitude, otherLatitude] = [radians(one[1]), radians(other[1])]
  const northward = Math.sin((latitude - otherLatitude) / 2)
  const eastward = Math.sin(radians(one[0] - other[0]) / 2)
  const chord = northward ** 2 + Math.cos(latitude) * Math.cos(otherLatitude) * eastward ** 2
  return 2 * EARTH_RADIUS * Math.atan2(Math.sqrt(chord), Math.sqrt(Math.max(0, 1 - chord)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
