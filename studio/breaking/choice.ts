import type {DeskLease} from '../../queries/breakingDesk.ts'

/** Whether a banner comes beside those that are live, or one of these stays longer instead. */
export type Choice = 'add' | {extend: string}

/** A choice, and what was live when it was made. */
export type Chosen = {choice: Choice; among: readonly string[]}

/**
 * The choice that still holds. With nothing live there is nothing to choose. It is made again when something went up
 * after it was made, and when what should stay longer is over.
 */
export function standingChoice(
  chosen: Chosen | undefined,
  live: readonly Pick<DeskLease, '_id'>[],
): Choice | undefined {
  if (live.length === 0) return 'add'
  if (chosen === undefined || live.some(({_id}) => !chosen.among.includes(_id))) return undefined
  const {choice} = chosen
  return choice === 'add' || live.some(({_id}) => _id === choice.extend) ? choice : undefined
}
