import {median} from '../support/statistics.ts'
import type {NewsroomFolder} from './engine/dataFolder.ts'
import {openEngine} from './engine/openEngine.ts'
import {noFindings, ratioOf, type Findings} from './figures.ts'
import {race} from './race.ts'
import {amongStories} from './words.ts'
import {worksAmong} from './works.ts'

const goal = 1.5

/**
 * How much longer the works that should not depend on size take in a larger newsroom than in a smaller one: both are asked in
 * turn, since a machine may change its own speed between one size and the next.
 */
export async function measureGrowth(
  smaller: NewsroomFolder,
  larger: NewsroomFolder,
): Promise<Findings> {
  const findings = noFindings()
  const one = await openEngine(smaller)
  const other = await openEngine(larger)
  try {
    const largerWorks = worksAmong(larger.stories)
    for (const work of worksAmong(smaller.stories)) {
      const same = largerWorks.find(({name}) => name === work.name)
      if (!work.independentOfSize || same === undefined) continue
      const times = await race<'smaller' | 'larger'>([
        {name: 'smaller', run: () => one.answer(work)},
        {name: 'larger', run: () => other.answer(same)},
      ])
      const medianOf = (name: 'smaller' | 'larger') => median(times.get(name) ?? [])
      const from = smaller.stories.toLocaleString('en')
      const what = `growth from ${from} to ${amongStories(larger.stories)}, ${work.title}`
      findings.ratios.push(ratioOf(what, medianOf('larger'), medianOf('smaller'), goal))
    }
    return findings
  } finally {
    await one.close()
    await other.close()
  }
}
