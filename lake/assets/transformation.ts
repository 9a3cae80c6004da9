import {z} from 'zod'

import {httpError} from '../errors.ts'

/** The parameters of an image's address, read and within bounds. Sizes in pixels, before `dpr`. */
export type Transformation = z.infer<typeof parameters>

/** No side of an answer is longer, so that an address cannot use up the server's memory. */
export const longestSide = 8192

const pixels = (name: string) =>
  z.coerce
    .number({error: `${name} must be a whole number of pixels.`})
    .int({error: `${name} must be a whole number of pixels.`})
    .min(1, {error: `${name} must be at least 1 pixel.`})
    .max(longestSide, {error: `${name} must be at most ${longestSide} pixels.`})
    .optional()

const between = (name: string, least: number, most: number) => {
  const error = `${name} must be a number from ${least} to ${most}.`
  return z.coerce.number({error}).min(least, {error}).max(most, {error}).optional()
}

const oneOf = <const Values extends readonly [string, ...string[]]>(name: string, values: Values) =>
  z.enum(values, {error: `${name} must be one of ${values.join(', ')}.`}).optional()

const crops = [
  'top',
  'bottom',
  'left',
  'right',
  'center',
  'focalpoint',
  'entropy',
  'top,left',
  'top,right',
  'bottom,left',
  'bottom,right',
] as const

const rectangle = z
  .string()
  .regex(/^\d+,\d+,\d+,\d+$/, {error: 'rect must be left,top,width,height in whole pixels.'})
  .transform((text) => {
    const [left = 0, top = 0, width = 0, height = 0] = text.split(',').map(Number)
    return {left, top, width, height}
  })
  .refine(({width, height}) => width > 0 && height > 0, {
    error: 'rect must be at least 1 pixel wide and high.',
  })
  .optional()

const colour = z
  .string()
  .regex(/^#?([a-f0-9]{3}|[a-f0-9]{4}|[a-f0-9]{6}|[a-f0-9]{8})$/i, {
    error: 'bg must be a colour as hexadecimal digits, for example ff8800.',
  })
  .transform((text) => `#${text.replace('#', '')}`)
  .optional()

const parameters = z.object({
  rect: rectangle,
  w: pixels('w'),
  h: pixels('h'),
  'max-w': pixels('max-w'),
  'max-h': pixels('max-h'),
  'min-w': pixels('min-w'),
  'min-h': pixels('min-h'),
  fit: oneOf('fit', ['clip', 'crop', 'fill', 'fillmax', 'max', 'scale', 'min']),
  crop: oneOf('crop', crops),
  'fp-x': between('fp-x', 0, 1),
  'fp-y': between('fp-y', 0, 1),
  fm: oneOf('fm', ['jpg', 'pjpg', 'png', 'webp', 'avif']),
  auto: oneOf('auto', ['format']),
  q: between('q', 0, 100),
  dpr: between('dpr', 1, 3),
  blur: between('blur', 0, 2000),
  sharp: between('sharp', 0, 100),
  sat: between('sat', -100, 100),
  flip: oneOf('flip', ['h', 'v', 'hv', 'vh']),
  invert: oneOf('invert', ['true', 'false']),
  or: oneOf('or', ['0', '90', '180', '270']),
  pad: between('pad', 0, 1000),
  bg: colour,
})

/**
 * Reads the parameters of an image's address (`lake-api` 11.3). Unknown ones are ignored, empty ones count as absent.
 * Throws `LakeError` `imageParameterInvalid` (400), which names the parameter.
 */
export function readTransformation(search: URLSearchParams): Transformation {
  const given = Object.fromEntries([...search].filter(([, value]) => value !== ''))
  const result = parameters.safeParse(given)
  if (!result.success) {
    const sentence = result.error.issues[0]?.message ?? 'A parameter of the image cannot be read.'
    throw httpError(400, 'imageParameterInvalid', sentence)
  }
  return result.data
}

/** Whether the picture is asked for as it was uploaded. */
export function changesNothing(transformation: Partial<Transformation>): boolean {
  return Object.values(transformation).every((value) => value === undefined)
}
