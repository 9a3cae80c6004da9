import {availableParallelism} from 'node:os'

/** One more than there are cores: a file often waits for a process that it has started. */
export const filesAtATime = availableParallelism() + 1

/**
 * A browser and the product that it looks at take two cores. With fewer it is no longer what a person sits before: what
 * is typed comes late, and a test of it fails for that alone.
 */
export const browsersAtATime = Math.max(1, Math.floor(availableParallelism() / 2))

/** Readers' pages are light, and their tests wait most of the time: for an end, for the next question past a proxy. */
export const readersAtATime = filesAtATime
