import {describe, expect, test} from 'vitest'
import {breakStory, endBreaking, extendBreaking} from '../../editorial/breaking.ts'
import {newsroomGuards} from '../../editorial/guards.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {linkBreaking} from '../../editorial/planning.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {refusals} from './judged.ts'
import {draftOf, leaseOnStory, liveState, liveStory} from './stories.ts'
import {
  now,
  past,
  future,
  live,
  change,
  unpublished,
  desk,
  type Setting,
  documentsOf,
  askingFor,
  type Act,
  move,
  publish,
  kill,
  submitted,
  approved,
  record,
  changing,
  lease,
} from './guardSettings.ts'

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
  const embargoUntil = '2026-11-24T18:00:00.000Z'
  const stories = [
    liveStory({_id: 'gone', killed: {at: past, notice: 'No.'}}),
    {...liveState({stage: 'killed'}), _id: 'editorial.unseen'},
    draftOf(liveStory({_id: 'secret'}), {embargoUntil}),
    draftOf(liveStory({_id: 'told'}), {embargoUntil: past}),
    liveStory({_id: 'changing'}),
    draftOf(liveStory({_id: 'changing'}), {embargoUntil}),
  ].map((story) => ({...story, _rev: 'rev'}))
  const documents = documentsOf({live, state: liveState(), others: [desk, ...lease(), ...stories]})
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
    ['begins on a story whose embargo has passed', broken('told')],
    ['begins on a live story whose change is under embargo', broken('changing')],
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
    ['a lease on a killed story', broken('gone'), 'leaseOfKilledStory'],
    ['a lease on a story killed before its publication', broken('unseen'), 'leaseOfKilledStory'],
    ['a lease on a story under embargo', broken('secret'), 'leaseKeepsEmbargo'],
    [
      'a lease linked to a story under embargo',
      linkBreaking({...request, article: {_id: 'secret'}, live: []}).mutations,
      'leaseKeepsEmbargo',
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
