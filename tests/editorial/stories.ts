import type {Article, BreakingLog, BreakingNews, EditorialState} from '../../editorial/documents.ts'

export function paragraph(key: string, text: string) {
  return {
    _type: 'block' as const,
    _key: key,
    style: 'normal',
    markDefs: [],
    children: [{_type: 'span' as const, _key: `${key}-0`, text, marks: []}],
  }
}

/** A live story as `/data/doc` returns it. */
export function liveStory(fields: Partial<Article> = {}): Article {
  return {
    _id: 'kerry',
    _type: 'article',
    _rev: 'live-rev',
    _createdAt: '2026-11-20T08:00:00.000Z',
    _updatedAt: '2026-11-20T10:00:00.000Z',
    headline: 'Kerry in Moscow',
    slug: {_type: 'slug', current: 'kerry-in-moscow'},
    lede: [paragraph('p1', 'John Kerry has arrived in Moscow.')],
    language: 'en',
    firstPublishedAt: '2026-11-20T10:00:00.000Z',
    ...fields,
  }
}

/** Its draft, as the Studio makes it: a copy that may have aged. */
export function draftOf(live: Article, fields: Partial<Article> = {}): Article {
  return {...live, _id: `drafts.${live._id}`, _rev: 'draft-rev', ...fields}
}

export function liveState(fields: Partial<EditorialState> = {}): EditorialState {
  return {
    _id: 'editorial.kerry',
    _type: 'editorialState',
    _rev: 'state-rev',
    article: {_type: 'reference', _ref: 'kerry', _weak: true},
    stage: 'live',
    history: [],
    ...fields,
  }
}

/** Keys `key-1`, `key-2` … */
export function countedKeys(): () => string {
  let count = 0
  return () => {
    count += 1
    return `key-${count}`
  }
}

/** A live lease on the story, with its log, as they are read. */
export function leaseOnStory(fields: Partial<BreakingNews> = {}): {
  lease: BreakingNews
  log: BreakingLog
} {
  const _id = fields._id ?? 'lease'
  return {
    lease: {
      _id,
      _type: 'breakingNews',
      _rev: 'lease-rev',
      headline: 'Kerry lands',
      article: {_type: 'reference', _ref: 'kerry', _weak: true},
      level: 'breaking',
      startsAt: '2026-11-24T14:00:00.000Z',
      until: '2026-11-24T14:30:00.000Z',
      ...fields,
    },
    log: {
      _id: `newsroom.lease.${_id}`,
      _type: 'breakingLog',
      _rev: 'log-rev',
      lease: {_type: 'reference', _ref: _id, _weak: true},
      owner: 'bob',
      log: [
        {
          _type: 'leaseLogEntry',
          _key: 'start',
          at: '2026-11-24T14:00:00.000Z',
          by: 'bob',
          did: 'start',
        },
      ],
    },
  }
}
