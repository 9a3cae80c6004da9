/** One of those who do the same work side by side. */
export type Contestant<Name extends string> = {name: Name; run: () => Promise<unknown> | unknown}

export type RaceOptions = {
  /** Turns that everyone gets, so that what else the machine does meets all of them. */
  rounds: number
  /** How long one turn lasts, in milliseconds; everyone runs at least once a turn. */
  turn: number
  /** Runs that only warm up, at most; they end after so many milliseconds, however few there were. */
  warmUp: {runs: number; milliseconds: number}
}

export const raceOptions: RaceOptions = {
  rounds: 30,
  turn: 20,
  warmUp: {runs: 200, milliseconds: 1500},
}

/** For what takes so long that three runs tell enough. */
export const slowRaceOptions: RaceOptions = {
  rounds: 3,
  turn: 1,
  warmUp: {runs: 1, milliseconds: 0},
}

/**
 * Lets contestants do their work in turn, after they have warmed up. Resolves to the milliseconds of every run
 * of each.
 */
export async function race<Name extends string>(
  contestants: readonly Contestant<Name>[],
  {rounds, turn, warmUp}: RaceOptions = raceOptions,
): Promise<Map<Name, number[]>> {
  const times = new Map<Name, number[]>(contestants.map(({name}) => [name, []]))
  for (const {run} of contestants) await runFor(run, warmUp.milliseconds, warmUp.runs)
  for (let round = 0; round < rounds; round++) {
    for (const {name, run} of contestants) times.get(name)?.push(...(await runFor(run, turn)))
  }
  return times
}

async function runFor(
  run: () => Promise<unknown> | unknown,
  milliseconds: number,
  most = Infinity,
): Promise<number[]> {
  const taken: number[] = []
  const until = performance.now() + milliseconds
  do {
    const began = performance.now()
    await run()
    taken.push(performance.now() - began)
  } while (performance.now() < until && taken.length < most)
  return taken
}
