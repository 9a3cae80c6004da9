import type {DeskLogLine} from '../../queries/breakingDesk.ts'
import {deedOf, whenOf} from './leaseDeeds.ts'
import type {BreakingDeskNow} from './useBreakingDesk.ts'

type DeskLists = Pick<BreakingDeskNow, 'live' | 'plans' | 'past'>

/** Something that somebody did at the breaking desk, and to what. */
export type DeskStep = {id: string; headline: string | undefined; line: DeskLogLine}

/** What was done at the desk between two looks at it, the latest last. */
export function stepsSince(before: DeskLists, after: DeskLists): DeskStep[] {
  const known = new Set(stepsOf(before).map(keyOf))
  return stepsOf(after)
    .filter((step) => !known.has(keyOf(step)))
    .toSorted((one, other) => (one.line.at < other.line.at ? -1 : 1))
}

/** A step as it is told: "Anna Petrova ended “Harbour closed” …". */
export function stepSentence(
  {headline, line}: DeskStep,
  name: string,
  clock: (at: string) => string,
  now: Date,
): string {
  const who = name.charAt(0).toUpperCase() + name.slice(1)
  const what = headline === undefined ? 'A plan' : `“${headline}”`
  return `${what}: ${who} ${deedOf(line, clock)} ${whenOf(line.at, now, clock)}.`
}

function stepsOf({live, plans, past}: DeskLists): DeskStep[] {
  const items = [
    ...live.map(({_id, headline, log}) => ({id: _id, headline, log})),
    ...plans.map(({id, headline, log}) => ({id, headline, log})),
    ...past.map((one) =>
      one.kind === 'lease'
        ? {id: one.id, headline: one.lease.headline, log: one.lease.log}
        : {id: one.id, headline: undefined, log: one.plan.log},
    ),
  ]
  return items.flatMap(({id, headline, log}) => log.map((line) => ({id, headline, line})))
}

function keyOf({id, line}: DeskStep): string {
  return `${id} ${line._key}`
}
