/** What a run is to measure, as read from the command line. */
export type LakeOptions = {
  /** How many stories, one newsroom each, ascending. */
  sizes: number[]
  parts: Part[]
  /** Compare with the stored results instead of replacing them. */
  compare: boolean
}

export const partNames = ['reads', 'store', 'keystroke', 'bulk', 'listeners'] as const
export type Part = (typeof partNames)[number]

const defaultSizes = '1000,10000'

/** Reads `--stories` and `--parts` (each a list with commas). Throws with a sentence when they make no sense. */
export function readLakeOptions(flags: {
  stories?: string | undefined
  parts?: string | undefined
  compare?: boolean | undefined
}): LakeOptions {
  const sizes = (flags.stories ?? defaultSizes).split(',').map(Number)
  if (!sizes.every((size) => Number.isInteger(size) && size >= 100)) {
    throw new Error('--stories takes whole numbers from 100 on, as in --stories 1000,10000.')
  }
  const wanted = flags.parts?.split(',') ?? partNames
  const unknown = wanted.filter((name) => !partNames.some((part) => part === name))
  if (unknown.length > 0) {
    throw new Error(
      `There is no part "${unknown.join(', ')}". Choose among ${partNames.join(', ')}.`,
    )
  }
  return {
    sizes: sizes.toSorted((one, other) => one - other),
    parts: partNames.filter((part) => wanted.includes(part)),
    compare: flags.compare ?? false,
  }
}
