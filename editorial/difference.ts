import type {Article} from './documents.ts'
import {keptByLake, publicationFields} from './publicationFields.ts'
import {isRecord} from './references.ts'

/** How many members of one kind came, went, were rewritten or stand elsewhere now. */
export type Counts = {added: number; changed: number; moved: number; removed: number}

/** A figure, quote or embed that came, went or was changed, by the words that people know it by. */
export type NamedChange = {
  kind: 'picture' | 'quote' | 'embed'
  name: string
  change: 'added' | 'changed' | 'moved' | 'removed'
}

/** A block that came, went or was changed, as it was and as it is. */
export type BlockChange = {before?: Block; after?: Block}

/** What happened to the lede (no heading) or to one section. */
export type PartDifference = {
  heading?: string
  /** The heading before, when it is another one now. */
  headingBefore?: string
  fate: 'kept' | 'moved' | 'added' | 'removed'
  paragraphs: Counts
  named: NamedChange[]
  /** The same changes block by block, in the draft's order and then those that are gone; moves are not among them. */
  blocks: BlockChange[]
}

export type StoryDifference = {
  /** Names of the top-level fields that differ, in the draft's order and then the live story's. */
  fields: string[]
  /** Parts in which something differs: the draft's in their order, then those that are gone. */
  parts: PartDifference[]
}

/** What never counts as a difference of two versions: the lake's attributes and the publication fields. */
const notContent = new Set<string>([...keptByLake, ...publicationFields])

/** Names of the top-level fields in which a draft differs from the live story, publication fields aside. */
export function changedPaths(draft: Article, live: Article): string[] {
  const names = new Set([...Object.keys(draft), ...Object.keys(live)])
  return [...names].filter((name) => !notContent.has(name) && !same(draft[name], live[name]))
}

/**
 * What a draft changes in the live story, paragraph by paragraph. Members of arrays are matched by `_key`,
 * and those left over by what they say, so that a text pasted over itself is no change.
 */
export function storyDifference(draft: Article, live: Article): StoryDifference {
  const after = partsOf(draft)
  const before = partsOf(live)
  const homes = new Map(
    before.flatMap((part) => part.blocks.map((block) => [block._key, part.key] as const)),
  )
  const nowHomes = new Set(after.flatMap((part) => part.blocks.map((block) => block._key)))
  const movedParts = outOfOrder(
    before.map((part) => part.key),
    after.map((part) => part.key),
  )
  const parts = [
    ...after.map((part) =>
      partDifference({
        part,
        old: before.find(({key}) => key === part.key),
        moved: movedParts.has(part.key),
        cameFrom: homes,
        wentTo: nowHomes,
      }),
    ),
    ...before
      .filter((old) => !after.some(({key}) => key === old.key))
      .map((old): PartDifference => removedPart(old, nowHomes)),
  ]
  return {fields: changedPaths(draft, live), parts: parts.filter(differs)}
}

type Block = {_type: string; _key: string; [field: string]: unknown}
type Part = {key: string; heading?: string; blocks: Block[]}

const ledeKey = ''

function partsOf(story: Article): Part[] {
  return [
    {key: ledeKey, blocks: story.lede ?? []},
    ...(story.sections ?? []).map((section) => ({
      key: section._key,
      heading: section.heading ?? '',
      blocks: [
        ...(section.figure ? [{...section.figure, _key: `figure of ${section._key}`}] : []),
        ...(section.body ?? []),
      ],
    })),
  ]
}

function partDifference(compared: {
  part: Part
  old: Part | undefined
  moved: boolean
  cameFrom: ReadonlyMap<string, string>
  wentTo: ReadonlySet<string>
}): PartDifference {
  const {part, old, moved, cameFrom, wentTo} = compared
  const difference: PartDifference = {
    ...(part.heading === undefined ? {} : {heading: part.heading}),
    ...(old?.heading === undefined || old.heading === part.heading
      ? {}
      : {headingBefore: old.heading}),
    fate: old ? (moved ? 'moved' : 'kept') : 'added',
    paragraphs: {added: 0, changed: 0, moved: 0, removed: 0},
    named: [],
    blocks: [],
  }
  const oldBlocks = new Map((old?.blocks ?? []).map((block) => [block._key, block]))
  const pasted = pastedAgain(part.blocks, oldBlocks)
  const shuffled = outOfOrder(
    [...oldBlocks.keys()],
    part.blocks.map(({_key}) => _key),
  )
  for (const block of part.blocks) {
    const before = oldBlocks.get(block._key) ?? pasted.get(block._key)
    if (before) oldBlocks.delete(before._key)
    if (!before) {
      const moved = cameFrom.has(block._key)
      note(difference, block, moved ? 'moved' : 'added')
      if (!moved) difference.blocks.push({after: block})
    } else if (!same(withoutKeys(block), withoutKeys(before))) {
      note(difference, block, 'changed')
      difference.blocks.push({before, after: block})
    } else if (shuffled.has(block._key)) note(difference, block, 'moved')
  }
  for (const gone of oldBlocks.values()) {
    // What stands in another part now is told there.
    if (!wentTo.has(gone._key)) noteRemoved(difference, gone)
  }
  return difference
}

function removedPart(old: Part, wentTo: ReadonlySet<string>): PartDifference {
  const difference: PartDifference = {
    ...(old.heading === undefined ? {} : {heading: old.heading}),
    fate: 'removed',
    paragraphs: {added: 0, changed: 0, moved: 0, removed: 0},
    named: [],
    blocks: [],
  }
  for (const gone of old.blocks) if (!wentTo.has(gone._key)) noteRemoved(difference, gone)
  return difference
}

/** Blocks that say the same under a new key, as after a paste: new key → the old block. */
function pastedAgain(
  blocks: readonly Block[],
  oldBlocks: ReadonlyMap<string, Block>,
): Map<string, Block> {
  const kept = new Set(blocks.map(({_key}) => _key))
  const free = [...oldBlocks.values()].filter(({_key}) => !kept.has(_key))
  const pairs = new Map<string, Block>()
  for (const block of blocks) {
    if (oldBlocks.has(block._key)) continue
    const place = free.findIndex((old) => same(withoutKeys(old), withoutKeys(block)))
    const [old] = place === -1 ? [] : free.splice(place, 1)
    if (old) pairs.set(block._key, old)
  }
  return pairs
}

/** Keys that stand in both lists but not in the same order: all but a longest run that kept its order. */
function outOfOrder(before: readonly string[], after: readonly string[]): Set<string> {
  const place = new Map(before.map((key, index) => [key, index]))
  const common = after.filter((key) => place.has(key))
  const runs: string[][] = []
  for (const key of common) {
    const longest = runs
      .filter((run) => (place.get(run.at(-1) ?? '') ?? -1) < (place.get(key) ?? -1))
      .reduce<string[]>((long, run) => (run.length > long.length ? run : long), [])
    runs.push([...longest, key])
  }
  const steady = runs.reduce((long, run) => (run.length > long.length ? run : long), [])
  return new Set(common.filter((key) => !steady.includes(key)))
}

function note(difference: PartDifference, block: Block, change: NamedChange['change']): void {
  const kind = kindOf(block)
  if (kind === 'paragraph') difference.paragraphs[change] += 1
  else difference.named.push({kind, name: nameOf(block), change})
}

function noteRemoved(difference: PartDifference, gone: Block): void {
  note(difference, gone, 'removed')
  difference.blocks.push({before: gone})
}

function kindOf(block: Block): 'paragraph' | NamedChange['kind'] {
  if (block._type === 'figureWithCaption') return 'picture'
  if (block._type === 'pullQuote') return 'quote'
  return block._type === 'embed' ? 'embed' : 'paragraph'
}

function nameOf(block: Block): string {
  const words = [block['caption'], block['alt'], block['quote'], block['title'], block['url']]
  return words.find((word) => typeof word === 'string' && word.trim() !== '')?.toString() ?? ''
}

function differs(part: PartDifference): boolean {
  return (
    part.fate !== 'kept' ||
    part.headingBefore !== undefined ||
    part.named.length > 0 ||
    Object.values(part.paragraphs).some((count) => count > 0)
  )
}

/** Keys of blocks, spans and annotations say nothing to readers; what annotations point at does. */
function withoutKeys(block: Block): unknown {
  const names = new Map<string, string>()
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value === 'string') return names.get(value) ?? value
    if (!isRecord(value)) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([field]) => field !== '_key')
        .map(([field, inner]) => [field, field === 'marks' ? renamed(inner) : cleaned(inner)]),
    )
  }
  const cleaned = (value: unknown): unknown => (typeof value === 'string' ? value : renamed(value))
  const definitions: unknown = block['markDefs']
  if (Array.isArray(definitions)) {
    definitions.forEach((definition: unknown, index) => {
      if (isRecord(definition)) names.set(String(definition['_key']), `annotation ${index}`)
    })
  }
  return renamed(block)
}

/** Whether two JSON values are equal; a missing field, `undefined` and an empty array are the same to readers. */
function same(one: unknown, other: unknown): boolean {
  if (one === other || (isNothing(one) && isNothing(other))) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]))
  }
  if (!isRecord(one) || !isRecord(other)) return false
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => same(one[name], other[name]))
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}
