import type {Asking} from '../../editorial/asking.ts'
import {article, editorialState, type EditorialState} from '../../editorial/documents.ts'
import {moveOf, type Move} from '../../editorial/moves.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf, type PublicationAnswer} from '../../editorial/publishing.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {killOf} from '../../editorial/takingDown.ts'
import type {Stored} from './newsroomInMemory.ts'
import {countedKeys, draftOf, leaseOnStory, liveState, liveStory, paragraph} from './stories.ts'

export const now = new Date('2026-11-24T14:05:00.000Z')
export const at = '2026-11-24T14:05:00.000Z'
export const past = '2026-11-24T13:00:00.000Z'
export const future = '2026-11-24T15:00:00.000Z'

export const stored = (document: {
  _id: string
  _type: string
  _rev?: string | undefined
}): Stored => ({
  ...document,
  _rev: document._rev ?? 'rev',
})

export const live = liveStory({
  update: true,
  updates: [{_type: 'articleUpdate', _key: 'u1', number: 1, at: past, note: 'He landed.'}],
  corrections: [{_type: 'correction', _key: 'c1', kind: 'correction', at: past, text: 'Noon.'}],
  lastUpdatedAt: past,
  previousSlugs: ['kerry-travels'],
})
export const change = draftOf(live, {
  headline: 'Kerry meets Putin',
  lede: [paragraph('p1', 'They met.')],
})
export const {firstPublishedAt: _first, ...unpublished} = draftOf(liveStory())
export const desk = {_id: 'newsroom.breakingDesk', _type: 'breakingDesk', _rev: 'desk-rev'}

export type Setting = {draft?: object; live?: object; state?: EditorialState; others?: Stored[]}

export function documentsOf({draft, live: page, state, others = []}: Setting): Stored[] {
  return [
    ...(draft ? [stored(article.parse(draft))] : []),
    ...(page ? [stored(article.parse(page))] : []),
    ...(state ? [stored(state)] : []),
    ...others,
  ]
}

export function askingFor({draft, live: page, state}: Setting, role: RoleName, by = 'ann'): Asking {
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

export type Act = (asking: Asking) => {mutations: Mutation[]}
export const move =
  (what: Move): Act =>
  (asking) =>
    moveOf(asking, what)
export const publish =
  (answer: PublicationAnswer): Act =>
  (asking) =>
    publicationOf({...asking, answer})
export const kill =
  (words: {notice: string} | {reason: string}): Act =>
  (asking) =>
    killOf({...asking, ...words, leases: []})

export const submitted = [
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
export const approved = liveState({
  stage: 'approved',
  approvedRevision: 'draft-rev',
  history: submitted,
})
export const record = {firstPublishedAt: '2026-11-20T10:00:00.000Z', updates: live.updates}

export function lease(): Stored[] {
  const {lease: one, log} = leaseOnStory()
  return [stored(one), stored(log)]
}

export type Tampered = [string, Setting, RoleName, Mutation[], string]

export function tampered(
  setting: Setting,
  role: RoleName,
  act: Act,
  tamper: (story: Stored) => object,
) {
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

export const changing = {draft: change, live, state: liveState()}
export const silentFix = publish({kind: 'silentFix'})
export const update = publish({kind: 'update', note: 'They met.'})
export const first = publish({kind: 'first'})
export const approving = {draft: unpublished, state: approved}
export const forgedUpdate = {_type: 'articleUpdate', _key: 'x', number: 3, at, note: 'Forged.'}
