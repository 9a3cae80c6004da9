import {Geography} from '../../evaluate/geography.ts'
import type {GroqValue} from '../../evaluate/value.ts'
import type {FunctionTable, GroqFunction} from '../table.ts'
import {contains} from './contains.ts'
import {distance} from './distance.ts'
import {intersects} from './intersects.ts'
import type {Shape} from './shape.ts'

/** The `geo` namespace (GROQ specification, "Geography Extension"). What is no geography makes the answer null. */
export const geoFunctions: FunctionTable = {
  latLng: {
    arity: 2,
    pure: true,
    call: ([latitude = null, longitude = null]) => Geography.at(latitude, longitude),
  },
  contains: ofShapes(contains),
  intersects: ofShapes(intersects),
  distance: {arity: 2, pure: true, call: ([one = null, other = null]) => metres(one, other)},
}

/** `geo()`, which stands in the global namespace. */
export const geoConstructor: FunctionTable = {
  geo: {arity: 1, pure: true, call: ([value = null]) => Geography.of(value)},
}

function ofShapes(compare: (one: Shape, other: Shape) => boolean): GroqFunction {
  return {
    arity: 2,
    pure: true,
    call([one = null, other = null]) {
      const [left, right] = [Geography.of(one), Geography.of(other)]
      return left === null || right === null ? null : compare(left.shape, right.shape)
    },
  }
}

/** Only two points have a distance, in metres. */
function metres(one: GroqValue, other: GroqValue): number | null {
  const [from, to] = [Geography.of(one)?.geometry, Geography.of(other)?.geometry]
  if (from?.type !== 'Point' || to?.type !== 'Point') return null
  return distance(from.coordinates, to.coordinates)
}
