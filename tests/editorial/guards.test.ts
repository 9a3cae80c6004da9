import {describe, expect, test} from 'vitest'
import {breakStory, endBreaking, extendBreaking} from '../../editorial/breaking.ts'
import type {Asking} from '../../editorial/asking.ts'
import {article, editorialState, type EditorialState} from '../../editorial/documents.ts'
import {newsroomGuards} from '../../editorial/guards.ts'
import {moveOf, type Move} from '../../editorial/moves.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf, type PublicationAnswer} from '../../editorial/publishing.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {refusals} from './judged.ts'
import type {Stored} from './newsroomInMemory.ts'
import {countedKeys, draftOf, leaseOnStory, liveState, liveStory, paragraph} from './stories.ts'

const now = new Date('2026-11-24T14:05:00.000Z')
const at = '2026-11-24T14:05:00.000Z'
const past = '2026-11-24T13:00:00.000Z'
const future = '2026-11-24T15:00:00.000Z'

const stored = (document: {_id: string; _type: string; _rev?: string | undefined}): Stored => ({
  ...document,
  _rev: document._rev ?? 'rev',
})

const live = liveStory({
  update: true,
  updates: [{_type: 'articleUpdate', _key: 'u1', number: 1, at: past, note: 'He landed.'}],
  corrections: [{_type: 'correction', _key: 'c1', kind: 'correction', at: past, text: 'Noon.'}],
  lastUpdatedAt: past,
  previousSlugs: ['kerry-travels'],
})
const change = draftOf(live, {
  headline: 'Kerry meets Putin',
  lede: [paragraph('p1', 'They met.')],
})
const {firstPublishedAt: _first, ...unpublished} = draftOf(liveStory())
const desk = {_id: 'newsroom.breakingDesk', _type: 'breakingDesk', _rev: 'desk-rev'}

type Setting = {draft?: object; live?: object; state?: EditorialState; others?: Stored[]}

function documentsOf({draft, live: page, state, others = []}: Setting): Stored[] {
  return [
    ...(draft ? [stored(article.parse(draft))] : []),
    ...(page ? [stored(article.parse(page))] : []),
    ...(state ? [stored(state)] : []),
    ...others,
  ]
}

function askingFor({draft, live: page, state}: Setting, role: RoleName, by = 'ann'): Asking {
  return {
    draft: draft && article.parse(draft),
    live: page && article.parse(page),
    state: state && editorialState.parse(state),
    now,
    by,
    role,
    newKey: countedKeys(),
  }
}

type Act = (asking: Asking) => {mutations: Mutation[]}
const move =
  (what: Move): Act =>
  (asking) =>
    moveOf(asking, what)
const publish =
  (answer: PublicationAnswer): Act =>
  (asking) =>
    publicationOf({...asking, answer})
const kill =
  (words: {notice: string} | {reason: string}): Act =>
  (asking) =>
    killOf({...asking, ...words, leases: []})

const submitted = [
  {
    _type: 'historyEntry' as const,
    _key: 'h',
    at: past,
    by: 'rob',
    action: 'submit',
    from: 'draft' as const,
    to: 'review' as const,
  },
]
const approved = liveState({
  stage: 'approved',
  approvedRevision: 'draft-rev',
  history: submitted,
})
const record = {firstPublishedAt: '2026-11-20T10:00:00.000Z', updates: live.updates}

/** Every way through the table, with the lowest role that may go it. */
const ways: [string, Setting, RoleName, Act][] = [
  ['submit', {draft: unpublished}, 'reporter', move({action: 'submit'})],
  [
    'submit a returned story',
    {draft: unpublished, state: liveState({stage: 'returned'})},
    'reporter',
    move({action: 'submit', note: 'Better.'}),
  ],
  [
    'submit again after a change',
    {draft: unpublished, state: {...approved, approvedRevision: 'older'}},
    'reporter',
    move({action: 'submit'}),
  ],
  [
    'return',
    {draft: unpublished, state: approved},
    'editor',
    move({action: 'return', note: 'Who says so?'}),
  ],
  [
    'approve',
    {draft: unpublished, state: liveState({stage: 'review', history: submitted})},
    'editor',
    move({action: 'approve'}),
  ],
  ['publish', {draft: unpublished, state: approved}, 'editor', publish({kind: 'first'})],
  ['publishNow', {draft: unpublished}, 'publisher', publish({kind: 'now', reason: 'News.'})],
  [
    'publish again what was taken down',
    {draft: unpublished, state: liveState({stage: 'draft', record})},
    'publisher',
    publish({kind: 'now', reason: 'News.'}),
  ],
  [
    'schedule',
    {draft: unpublished, state: approved},
    'editor',
    move({action: 'schedule', at: future}),
  ],
  [
    'unschedule',
    {draft: unpublished, state: {...approved, stage: 'scheduled', publishAt: future}},
    'editor',
    move({action: 'unschedule'}),
  ],
  [
    'publishScheduled',
    {draft: unpublished, state: {...approved, stage: 'scheduled', publishAt: past}},
    'editor',
    publish({kind: 'scheduled'}),
  ],
  [
    'scheduleFailed',
    {draft: unpublished, state: {...approved, stage: 'scheduled', publishAt: past}},
    'editor',
    move({action: 'scheduleFailed', reason: 'No lede.'}),
  ],
  [
    'submitChange',
    {draft: change, live, state: liveState()},
    'reporter',
    move({action: 'submitChange', note: 'They met.'}),
  ],
  [
    'submitChange without a state',
    {draft: change, live},
    'reporter',
    move({action: 'submitChange', note: 'They met.'}),
  ],
  [
    'returnChange',
    {draft: change, live, state: liveState({change: 'review'})},
    'editor',
    move({action: 'returnChange', note: 'No.'}),
  ],
  [
    'a silent fix',
    {draft: change, live, state: liveState()},
    'editor',
    publish({kind: 'silentFix'}),
  ],
  [
    'an update',
    {draft: change, live, state: liveState()},
    'editor',
    publish({kind: 'update', note: 'They met.'}),
  ],
  [
    'a first update, with a new address',
    {
      draft: draftOf(liveStory(), {slug: {_type: 'slug', current: 'kerry-and-putin'}}),
      live: liveStory(),
      state: liveState(),
    },
    'editor',
    publish({kind: 'update', note: 'They met.'}),
  ],
  [
    'a former address taken up again',
    {draft: {...change, slug: {_type: 'slug', current: 'kerry-travels'}}, live, state: liveState()},
    'editor',
    publish({kind: 'silentFix'}),
  ],
  [
    'a correction',
    {draft: change, live, state: liveState()},
    'editor',
    publish({kind: 'correction', text: 'It was noon.'}),
  ],
  [
    'a clarification',
    {draft: change, live, state: liveState()},
    'editor',
    publish({kind: 'clarification', text: 'It was noon.'}),
  ],
  [
    'clearUpdateLabel',
    {draft: change, live, state: liveState({change: 'review'})},
    'editor',
    publish({kind: 'clearUpdateLabel'}),
  ],
  [
    'unpublish',
    {live, state: liveState()},
    'editor',
    (asking) => unpublicationOf({...asking, reason: 'Too early.', leases: []}),
  ],
  ['kill', {draft: change, live, state: liveState()}, 'publisher', kill({notice: 'Gone.'})],
  ['kill without a draft and a state', {live}, 'publisher', kill({notice: 'Gone.'})],
  [
    'kill with its lease',
    {live, state: liveState(), others: [desk, ...lease()]},
    'publisher',
    (asking) =>
      killOf({
        ...asking,
        notice: 'Gone.',
        leases: [leaseOnStory()],
        deskRevision: 'desk-rev',
      }),
  ],
  [
    'kill before publication',
    {draft: unpublished, state: approved},
    'publisher',
    kill({reason: 'It is false.'}),
  ],
  [
    'revive',
    {
      draft: unpublished,
      live: {...liveStory(), killed: {at: past, notice: 'Gone.'}},
      state: liveState({stage: 'killed', record}),
    },
    'publisher',
    (asking) => reviveOf({...asking, reason: 'It is true.'}),
  ],
  [
    'assign',
    {draft: unpublished, state: approved},
    'reporter',
    move({action: 'assign', assignee: 'rob', dueAt: future}),
  ],
]

function lease(): Stored[] {
  const {lease: one, log} = leaseOnStory()
  return [stored(one), stored(log)]
}

describe('what the functions of the newsroom write, the store lets through', () => {
  test.each(ways)('%s', (_what, setting, role, act) => {
    const {mutations} = act(askingFor(setting, role))
    expect(refusals(documentsOf(setting), mutations, {userId: 'ann', role, now})).toEqual([])
  })

  test.each(ways)('%s: not for a role below', (_what, setting, role, act) => {
    const below = role === 'reporter' ? 'viewer' : role === 'editor' ? 'reporter' : 'editor'
    const {mutations} = act(askingFor(setting, role))
    const refusing = refusals(documentsOf(setting), mutations, {userId: 'ann', role: below, now})
    expect(refusing).toContainEqual(expect.stringMatching(new RegExp(`^role\\..+\\.${role}$`)))
  })

  test.each(ways)('%s: not in the name of another', (_what, setting, role, act) => {
    const {mutations} = act(askingFor(setting, role))
    expect(refusals(documentsOf(setting), mutations, {userId: 'eve', role, now})).toContain(
      'history',
    )
  })

  test.each(ways)('%s: not without its line of the history', (_what, setting, role, act) => {
    const {mutations} = act(askingFor(setting, role))
    const silent = mutations.filter(
      (mutation) => !JSON.stringify(mutation).includes('historyEntry'),
    )
    const onlyDraft = silent.every((mutation) => JSON.stringify(mutation).includes('"drafts.'))
    const refusing = refusals(documentsOf(setting), silent, {userId: 'ann', role, now})
    expect(refusing.includes('publicationHasItsEntry')).toBe(silent.length > 0 && !onlyDraft)
  })
})

describe('drafts are never judged', () => {
  test('whatever is written into one, at any stage, by anybody', () => {
    const setting = {
      draft: change,
      live,
      state: liveState({stage: 'killed', approvedRevision: 'draft-rev'}),
    }
    const mutations: Mutation[] = [
      {patch: {id: 'drafts.kerry', set: {headline: '', updates: [], killed: {}, slug: null}}},
    ]
    expect(
      refusals(documentsOf(setting), mutations, {userId: 'eve', role: 'reporter', now}),
    ).toEqual([])
  })
})

/** The mutations of a way, after somebody has tampered with them. */
type Tampered = [string, Setting, RoleName, Mutation[], string]

function tampered(setting: Setting, role: RoleName, act: Act, tamper: (story: Stored) => object) {
  return act(askingFor(setting, role)).mutations.map((mutation): Mutation => {
    const story =
      'create' in mutation
        ? mutation.create
        : 'createOrReplace' in mutation
          ? mutation.createOrReplace
          : undefined
    if (story?._id !== 'kerry') return mutation
    const changed = {...story, ...tamper({_rev: '', ...story}), _id: 'kerry', _type: 'article'}
    return 'create' in mutation ? {create: changed} : {createOrReplace: changed}
  })
}

const changing = {draft: change, live, state: liveState()}
const silentFix = publish({kind: 'silentFix'})
const update = publish({kind: 'update', note: 'They met.'})
const first = publish({kind: 'first'})
const approving = {draft: unpublished, state: approved}
const forgedUpdate = {_type: 'articleUpdate', _key: 'x', number: 3, at, note: 'Forged.'}

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

describe('what somebody writes past the functions is refused', () => {
  test.each([...forgeries, ...byHands])('%s', (_what, setting, role, mutations, name) => {
    const refusing = refusals(documentsOf(setting), mutations, {userId: 'ann', role, now})
    expect(refusing).toContain(name)
  })
})

describe('a draft may be deleted', () => {
  test.each<[string, Setting, RoleName]>([
    [
      'by an editor, when readers never saw the story',
      {draft: unpublished, state: approved},
      'editor',
    ],
    ['by anyone who writes, when its story is live', changing, 'reporter'],
  ])('%s', (_what, setting, role) => {
    const mutations: Mutation[] = [{delete: {id: 'drafts.kerry'}}]
    expect(refusals(documentsOf(setting), mutations, {userId: 'ann', role, now})).toEqual([])
  })

  test('together with where it stood', () => {
    const mutations: Mutation[] = [
      {delete: {id: 'drafts.kerry'}},
      {delete: {id: 'editorial.kerry'}},
    ]
    const sender = {userId: 'ann', role: 'editor', now} as const
    expect(refusals(documentsOf({draft: unpublished, state: approved}), mutations, sender)).toEqual(
      [],
    )
  })
})

describe('breaking news', () => {
  const sender = {userId: 'bob', role: 'publisher', now} as const
  const documents = documentsOf({live, state: liveState(), others: [desk, ...lease()]})
  const request = {...leaseOnStory(), deskRevision: 'desk-rev', now, by: 'bob'}
  const broken = (articleId: string) =>
    breakStory({
      article: {_id: articleId},
      headline: 'News',
      level: 'flash',
      minutes: 30,
      now,
      by: 'bob',
      leaseId: 'second',
      deskRevision: 'desk-rev',
      live: [],
    }).mutations
  const without = (mutations: Mutation[], id: string) =>
    mutations.filter((mutation) => !JSON.stringify(mutation).includes(id))

  test.each<[string, Mutation[]]>([
    ['begins', broken('other')],
    ['is extended', extendBreaking({...request, minutes: 30}).mutations],
    ['ends', endBreaking(request).mutations],
  ])('%s', (_what, mutations) => {
    expect(refusals(documents, mutations, sender)).toEqual([])
    expect(refusals(documents, mutations, {...sender, role: 'editor'})).toContain('leaseIsLogged')
    expect(refusals(documents, without(mutations, 'leaseLogEntry'), sender)).toContain(
      'leaseIsLogged',
    )
    expect(refusals(documents, without(mutations, 'newsroom.breakingDesk'), sender)).toContain(
      'leaseIsLogged',
    )
    expect(refusals(documents, mutations, {...sender, userId: 'eve'})).toContain('leaseLog')
  })

  test.each<[string, Mutation[], string]>([
    ['a second lease on a story', broken('kerry'), 'oneLeaseAStory'],
    ['a lease deleted', [{delete: {id: 'lease'}}], 'leaseIsLogged'],
    [
      'a lease that begins later',
      broken('other').map((mutation) =>
        'create' in mutation && mutation.create._type === 'breakingNews'
          ? {create: {...mutation.create, startsAt: future, until: '2026-11-24T15:30:00.000Z'}}
          : mutation,
      ),
      'leaseStarts',
    ],
    [
      'a lease of a day',
      [{patch: {id: 'lease', set: {until: '2026-11-25T14:00:00.000Z'}}}],
      'leaseEnds',
    ],
    ['another headline', [{patch: {id: 'lease', set: {headline: 'Other'}}}], 'leaseIsOver'],
    ['a log deleted', [{delete: {id: 'newsroom.lease.lease'}}], 'leaseLog'],
    ['the desk deleted', [{delete: {id: 'newsroom.breakingDesk'}}], 'desk'],
  ])('refuses %s', (_what, mutations, name) => {
    expect(refusals(documents, mutations, sender)).toContain(name)
  })
})

test('every guard has a name of its own and a sentence that says what to do', () => {
  const names = newsroomGuards.map(({name}) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(newsroomGuards.filter(({sentence}) => !/^[A-Z“].+\.$/.test(sentence))).toEqual([])
})
