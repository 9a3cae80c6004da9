import {measureBulk} from './bulk.ts'
import {newsroomFolder, type NewsroomFolder} from './engine/dataFolder.ts'
import {together, type Findings} from './figures.ts'
import {measureGrowth} from './growth.ts'
import {measureKeystroke} from './keystroke.ts'
import {measureListeners} from './listeners.ts'
import type {LakeOptions} from './options.ts'
import {measureReads} from './reads.ts'
import {measureStore} from './store.ts'
import {amongStories} from './words.ts'

/** Beyond so many stories, what writes is not measured: its copy of the folder would take longer than the answer. */
const storiesToWriteAmong = 10_000

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
  const sizesApart = parts.includes('reads') ? apart(folders) : undefined
  if (sizesApart) {
    const [smaller, larger] = sizesApart
    found.push(await announced('growth', larger, () => measureGrowth(smaller, larger)))
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
  return together(found)
}

/** A smaller newsroom and the largest, to see what grows between them: from 10,000 stories on, where there are as many. */
function apart(folders: readonly NewsroomFolder[]): [NewsroomFolder, NewsroomFolder] | undefined {
  const larger = folders.at(-1)
  const smaller = folders.find(({stories}) => stories === 10_000 && stories !== larger?.stories)
  const from = smaller ?? folders.at(0)
  return larger === undefined || from === undefined || from === larger ? undefined : [from, larger]
}

function announced(
  part: string,
  folder: NewsroomFolder,
  measure: (folder: NewsroomFolder) => Promise<Findings>,
): Promise<Findings> {
  console.log(`  ${part}, ${amongStories(folder.stories)} …`)
  return measure(folder)
}
