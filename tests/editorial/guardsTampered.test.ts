import {expect, test} from 'vitest'
import {refusals} from './judged.ts'
import {liveState, paragraph, liveStory} from './stories.ts'
import {
  now,
  at,
  future,
  stored,
  live,
  documentsOf,
  askingFor,
  kill,
  type Tampered,
  tampered,
  changing,
  silentFix,
  update,
  first,
  approving,
  forgedUpdate,
  change,
} from './guardSettings.ts'

/** What the newsroom's functions write, with something changed on the way. */
const forgeries: Tampered[] = [
  [
    'another text than the draft’s',
    approving,
    'editor',
    tampered(approving, 'editor', first, () => ({headline: 'Another'})),
    'publishedTextIsTheDrafts',
  ],
  [
    'another paragraph than the draft’s',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({lede: [paragraph('p1', 'Other words.')]})),
    'publishedTextIsTheDrafts',
  ],
  [
    'a number left out',
    changing,
    'editor',
    tampered(changing, 'editor', update, () => ({
      updates: [...(live.updates ?? []), forgedUpdate],
    })),
    'updates',
  ],
  [
    'an update rewritten',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({
      updates: [{...live.updates?.[0], note: 'Rewritten.'}],
    })),
    'updates',
  ],
  [
    'updates that came from a draft',
    approving,
    'editor',
    tampered(approving, 'editor', first, () => ({updates: live.updates})),
    'updates',
  ],
  [
    'a correction taken away',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({corrections: []})),
    'corrections',
  ],
  [
    'an earlier first publication',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({firstPublishedAt: '1999-01-01T00:00:00.000Z'})),
    'firstPublishedAt',
  ],
  [
    'a first publication ahead',
    approving,
    'editor',
    tampered(approving, 'editor', first, () => ({firstPublishedAt: future})),
    'firstPublishedAt',
  ],
  [
    'an update taken back in time',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({lastUpdatedAt: '2026-11-20T00:00:00.000Z'})),
    'lastUpdatedAt',
  ],
  [
    'an update ahead of time',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({lastUpdatedAt: future})),
    'lastUpdatedAt',
  ],
  [
    'a former address dropped',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({previousSlugs: []})),
    'previousSlugs',
  ],
  [
    'a former address that never was one',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({
      previousSlugs: ['kerry-travels', 'forged'],
    })),
    'previousSlugs',
  ],
  [
    'a flag without an update',
    {draft: {...change, update: true}, live: {...live, update: false}, state: liveState()},
    'editor',
    tampered(
      {draft: {...change, update: true}, live: {...live, update: false}, state: liveState()},
      'editor',
      silentFix,
      () => ({update: true}),
    ),
    'updateFlag',
  ],
  [
    'a kill that leaves a word',
    changing,
    'publisher',
    tampered(changing, 'publisher', kill({notice: 'Gone.'}), () => ({standfirst: 'A name.'})),
    'tombstone',
  ],
  [
    'a notice without a kill',
    changing,
    'editor',
    tampered(changing, 'editor', silentFix, () => ({killed: {at, notice: 'Gone.'}})),
    'tombstone',
  ],
  [
    'no language',
    approving,
    'editor',
    tampered(approving, 'editor', first, () => ({language: ''})),
    'storyIsWhole',
  ],
  [
    'an address that another story has',
    {
      ...approving,
      others: [stored({...liveStory(), _id: 'other'})],
    },
    'editor',
    first(askingFor(approving, 'editor')).mutations,
    'addressIsFree',
  ],
]

test.each(forgeries)('%s', (_what, setting, role, mutations, name) => {
  const refusing = refusals(documentsOf(setting), mutations, {userId: 'ann', role, now})
  expect(refusing).toContain(name)
})
