import {measureBulk} from './bulk.ts'
import {newsroomFolder, type NewsroomFolder} from './engine/dataFolder.ts'
import {ratioOf, together, type Findings, type Ratio} from './figures.ts'
import {measureKeystroke} from './keystroke.ts'
import {measureListeners} from './listeners.ts'
import type {LakeOptions} from './options.ts'
import {measureReads} from './reads.ts'
import {measureStore} from './store.ts'
import {amongStories} from './words.ts'
import {worksAmong} from './works.ts'

/** Beyond so many stories, what writes is not measured: its copy of the folder would take longer than the answer. */
const storiesToWriteAmong = 10_000
const growthGoal = 1.5

/** Runs the wanted parts on every size, and the parts that write on one. */
export async function measureLake({sizes, parts}: LakeOptions): Promise<Findings> {
  const folders: NewsroomFolder[] = []
  const found: Findings[] = []
  for (const stories of sizes) {
    const folder = await newsroomFolder(stories)
    folders.push(folder)
    if (parts.includes('reads')) found.push(await announced('reads', folder, measureReads))
    if (parts.includes('store')) found.push(await announced('store', folder, measureStore))
  }
  const written = folders.findLast(({stories}) => stories <= storiesToWriteAmong) ?? folders.at(0)
  if (written) {
    if (parts.includes('keystroke')) {
      found.push(await announced('keystroke', written, measureKeystroke))
    }
    if (parts.includes('bulk')) found.push(await announced('bulk', written, measureBulk))
    if (parts.includes('listeners')) {
      found.push(await announced('listeners', written, measureListeners))
    }
  }
  const all = together(found)
  return {...all, ratios: [...all.ratios, ...growthOf(all, sizes)]}
}

function announced(
  part: string,
  folder: NewsroomFolder,
  measure: (folder: NewsroomFolder) => Promise<Findings>,
): Promise<Findings> {
  console.log(`  ${part}, ${amongStories(folder.stories)} …`)
  return measure(folder)
}

/** How much longer the works that should not depend on size take in the largest newsroom than in a smaller one. */
function growthOf({figures}: Findings, sizes: readonly number[]): Ratio[] {
  const largest = sizes.at(-1)
  const smaller = sizes.includes(10_000) && largest !== 10_000 ? 10_000 : sizes.at(0)
  if (largest === undefined || smaller === undefined || smaller === largest) return []
  const medianOf = (title: string, size: number) =>
    figures.find(({what}) => what === `engine in process, ${title}, ${amongStories(size)}`)?.median
  return worksAmong(smaller).flatMap(({title, independentOfSize}) => {
    const one = medianOf(title, largest)
    const other = medianOf(title, smaller)
    if (!independentOfSize || one === undefined || other === undefined) return []
    const what = `growth from ${smaller.toLocaleString('en')} to ${amongStories(largest)}, ${title}`
    return [ratioOf(what, one, other, growthGoal)]
  })
}
