import {expect, test} from 'vitest'
import {article} from '../../editorial/documents.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf} from '../../editorial/publishing.ts'
import {unpublicationOf} from '../../editorial/takingDown.ts'
import {refusals} from './judged.ts'
import {liveState, liveStory} from './stories.ts'
import {
  now,
  at,
  past,
  future,
  stored,
  live,
  unpublished,
  documentsOf,
  askingFor,
  kill,
  submitted,
  approved,
  record,
  lease,
  type Tampered,
  changing,
  first,
  approving,
} from './guardSettings.ts'

/** A move that somebody wrote by hand. */
function byHand(set: object, entry: object = {}): Mutation[] {
  return [
    {
      patch: {
        id: 'editorial.kerry',
        set: {...set},
        insert: {
          after: 'history[-1]',
          items: [{_type: 'historyEntry', _key: 'x', at, by: 'ann', ...entry}],
        },
      },
    },
  ]
}

const scheduled = {...approved, stage: 'scheduled' as const, publishAt: future}
const byHands: Tampered[] = [
  [
    'a step that the table does not have',
    {draft: unpublished, state: liveState({stage: 'draft'})},
    'administrator',
    byHand({stage: 'approved'}, {action: 'approve', from: 'draft', to: 'approved'}),
    'step',
  ],
  [
    'a step that says that it came from elsewhere',
    {draft: unpublished, state: liveState({stage: 'draft'})},
    'administrator',
    byHand({stage: 'approved'}, {action: 'approve', from: 'review', to: 'approved'}),
    'step',
  ],
  [
    'an action that nobody knows',
    {draft: unpublished, state: approved},
    'administrator',
    byHand({stage: 'review'}, {action: 'whatever', from: 'approved', to: 'review'}),
    'step',
  ],
  [
    'a stage that the history does not tell',
    {draft: unpublished, state: approved},
    'administrator',
    [{patch: {id: 'editorial.kerry', set: {stage: 'draft'}}}],
    'history',
  ],
  [
    'a history that is rewritten',
    {draft: unpublished, state: approved},
    'administrator',
    [{patch: {id: 'editorial.kerry', set: {history: []}}}],
    'history',
  ],
  [
    'a live story without a page',
    {draft: unpublished, state: approved},
    'editor',
    byHand({stage: 'live'}, {action: 'publish', from: 'approved', to: 'live'}),
    'stageAndPage',
  ],
  [
    'an approval of another text',
    {draft: unpublished, state: liveState({stage: 'review', history: submitted})},
    'editor',
    byHand(
      {stage: 'approved', approvedRevision: 'other'},
      {action: 'approve', from: 'review', to: 'approved'},
    ),
    'approval',
  ],
  [
    'an approval by whoever submitted it',
    {
      draft: unpublished,
      state: liveState({
        stage: 'review',
        history: submitted.map((entry) => ({...entry, by: 'ann'})),
      }),
    },
    'editor',
    byHand(
      {stage: 'approved', approvedRevision: 'draft-rev'},
      {action: 'approve', from: 'review', to: 'approved'},
    ),
    'need.otherThanSubmitter',
  ],
  [
    'a text that was changed after its approval',
    {draft: {...unpublished, _rev: 'newer'}, state: approved},
    'editor',
    publicationOf({
      ...askingFor(approving, 'editor'),
      draft: article.parse({...unpublished, _rev: 'newer'}),
      state: {...approved, approvedRevision: 'newer'},
      answer: {kind: 'first'},
    }).mutations,
    'need.approvedText',
  ],
  [
    'an embargo',
    {draft: {...unpublished, embargoUntil: future}, state: approved},
    'editor',
    first(askingFor(approving, 'editor')).mutations,
    'need.embargoPassed',
  ],
  [
    'a scheduled story before its time',
    {draft: unpublished, state: scheduled},
    'editor',
    publicationOf({
      ...askingFor({draft: unpublished, state: {...scheduled, publishAt: past}}, 'editor'),
      answer: {kind: 'scheduled'},
    }).mutations,
    'need.due',
  ],
  [
    'a schedule in the past',
    {draft: unpublished, state: approved},
    'editor',
    byHand(
      {stage: 'scheduled', publishAt: past},
      {action: 'schedule', from: 'approved', to: 'scheduled'},
    ),
    'need.futureTime',
  ],
  [
    'a schedule within the embargo',
    {draft: {...unpublished, embargoUntil: '2026-12-24T07:00:00.000Z'}, state: approved},
    'editor',
    byHand(
      {stage: 'scheduled', publishAt: future},
      {action: 'schedule', from: 'approved', to: 'scheduled'},
    ),
    'need.futureTime',
  ],
  [
    'a return without a note',
    {draft: unpublished, state: approved},
    'editor',
    byHand({stage: 'returned'}, {action: 'return', from: 'approved', to: 'returned'}),
    'need.note',
  ],
  [
    'an unpublication under breaking news',
    {live, state: liveState(), others: lease()},
    'editor',
    unpublicationOf({...askingFor({live, state: liveState()}, 'editor'), reason: 'No.', leases: []})
      .mutations,
    'need.noLiveLease',
  ],
  [
    'a date that nobody scheduled',
    {draft: unpublished, state: approved},
    'reporter',
    byHand(
      {publishAt: future, stage: 'approved'},
      {action: 'assign', from: 'approved', to: 'approved'},
    ),
    'state.publishAt',
  ],
  [
    'a record that is rewritten',
    {draft: unpublished, state: {...approved, record}},
    'reporter',
    byHand(
      {record: {firstPublishedAt: past}, stage: 'approved'},
      {action: 'assign', from: 'approved', to: 'approved'},
    ),
    'record',
  ],
  [
    'a kill that leaves its lease before readers',
    {live, state: liveState(), others: lease()},
    'publisher',
    kill({notice: 'Gone.'})(askingFor({live, state: liveState()}, 'publisher')).mutations,
    'tombstone',
  ],
  [
    'a page deleted',
    changing,
    'administrator',
    [{delete: {id: 'kerry'}}],
    'publicationHasItsEntry',
  ],
  [
    'a page made',
    {draft: unpublished},
    'administrator',
    [{create: {...unpublished, _id: 'kerry', _rev: undefined}}],
    'publicationHasItsEntry',
  ],
  [
    'a page that another line of the history permits',
    changing,
    'editor',
    [
      {createOrReplace: {...live, headline: 'Another'}},
      ...byHand({stage: 'live'}, {action: 'assign', from: 'live', to: 'live'}),
    ],
    'publicationHasItsEntry',
  ],
  [
    'a label that takes a word with it',
    changing,
    'editor',
    [
      {patch: {id: 'kerry', set: {update: false, headline: 'Another'}}},
      ...byHand({stage: 'live'}, {action: 'clearUpdateLabel', from: 'live', to: 'live'}),
    ],
    'labelAlone',
  ],
  [
    'the text of a killed story deleted',
    {
      draft: unpublished,
      live: {...liveStory(), killed: {at: past, notice: 'Gone.'}},
      state: liveState({stage: 'killed'}),
    },
    'publisher',
    [{delete: {id: 'drafts.kerry'}}],
    'textIsKept',
  ],
  [
    'a story deleted that readers have seen',
    {draft: unpublished, state: {...approved, record}},
    'editor',
    [{delete: {id: 'drafts.kerry'}}],
    'textIsKept',
  ],
  [
    'a draft deleted by a reporter',
    {draft: unpublished},
    'reporter',
    [{delete: {id: 'drafts.kerry'}}],
    'textIsKept',
  ],
  [
    'where a story stands deleted',
    approving,
    'administrator',
    [{delete: {id: 'editorial.kerry'}}],
    'stateStays',
  ],
  [
    'another type',
    {draft: unpublished},
    'administrator',
    [{createOrReplace: {_id: 'drafts.kerry', _type: 'topic'}}],
    'typeStays',
  ],
  [
    'settings by an editor',
    {others: [stored({_id: 'siteSettings', _type: 'siteSettings'})]},
    'editor',
    [{patch: {id: 'siteSettings', set: {title: 'Mine'}}}],
    'settings',
  ],
  [
    'settings deleted',
    {others: [stored({_id: 'siteSettings', _type: 'siteSettings'})]},
    'administrator',
    [{delete: {id: 'siteSettings'}}],
    'settings',
  ],
]

test.each(byHands)('%s', (_what, setting, role, mutations, name) => {
  const refusing = refusals(documentsOf(setting), mutations, {userId: 'ann', role, now})
  expect(refusing).toContain(name)
})
