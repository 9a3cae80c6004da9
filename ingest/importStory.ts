import {documentId, type Article} from '../editorial/documents.ts'
import {guard, type DocumentToWrite, type Mutation} from '../editorial/mutations.ts'
import {publicationOf} from '../editorial/publishing.ts'
import {stageOf} from '../editorial/stages.ts'
import {moveState} from '../editorial/state.ts'
import {captureToStory, type CapturedStory, type CaptureOptions} from './capture.ts'
import {digest} from './capture/identity.ts'
import {IngestError} from './ingestError.ts'
import {
  fingerprintOf,
  importEntry,
  knownDocuments,
  receiptOf,
  storyDocuments,
  type Importing,
  type KnownDocuments,
} from './storyDocuments.ts'

/** What of a `@sanity/client` the import needs; either lake's will do, in the `raw` perspective. */
export type ImportClient = {
  fetch(
    query: string,
    params: {[name: string]: unknown},
    options: {perspective: 'raw'},
  ): Promise<unknown>
  mutate(
    mutations: Mutation[],
    options: {visibility: 'sync'; returnDocuments: false},
  ): Promise<unknown>
}

export type ImportRequest = {
  client: ImportClient
  /** The capture's text. */
  text: string
  options: CaptureOptions
  publish?: boolean
  /** Takes a story in though lines of it found no place. */
  allowUnplaced?: boolean
  /** User id of whoever imports, for the story's history. */
  by: string
}

export type ImportResult = {
  outcome: 'created' | 'updated' | 'unchanged' | 'kept'
  /** What happened, for the person who imports. */
  sentence: string
  captured: CapturedStory
  /** What was written; empty when nothing was. */
  documents: DocumentToWrite[]
}

const knownQuery = `{
  "draft": *[_id == $draft][0],
  "live": *[_id == $id][0],
  "state": *[_id == $state][0],
  "receipt": *[_id == $receipt][0],
  "sameSlug": *[_type == "article" && !(_id in [$id, $draft]) && (slug.current == $slug || $slug in previousSlugs)]._id
}`

/**
 * Takes a captured page in, in one transaction: the story, where it stands with the importer's questions,
 * and the receipt. A second import of the same page changes nothing; a changed page replaces a story that
 * nobody edited here; a story that was edited, moved on or killed here is kept as it is.
 * Throws `IngestError` (unplaced lines among them), `EditorialError` when it cannot be published, and the
 * client's own errors, a conflict among them when somebody changed the story at the same moment.
 */
export async function importStory(request: ImportRequest): Promise<ImportResult> {
  const {client, text, options, publish = false, allowUnplaced = false, by} = request
  const captured = captureToStory(text, options)
  if (!allowUnplaced) refuseUnplaced(captured)
  const importing: Importing = {publish, now: options.now, by}
  const known = await readKnown(client, captured.article)
  const plan = planImport(withFreeSlug(captured, known), known, importing)
  if (plan.mutations.length > 0) {
    await client.mutate(plan.mutations, {visibility: 'sync', returnDocuments: false})
  }
  return {
    outcome: plan.outcome,
    sentence: plan.sentence,
    captured,
    documents: plan.mutations.flatMap(writtenBy),
  }
}

/** Throws `IngestError` naming the lines that found no place in the story. */
export function refuseUnplaced({unplaced}: CapturedStory): void {
  if (unplaced.length === 0) return
  const lines = unplaced.map(({line}) => line).join(', ')
  throw new IngestError(
    'unplaced',
    `${unplaced.length === 1 ? `Line ${lines} found no place` : `Lines ${lines} found no place`} in the story, so it was not imported. Edit the capture, or import it all the same with --allow-unplaced.`,
  )
}

async function readKnown(client: ImportClient, story: Article): Promise<KnownDocuments> {
  const params = {
    id: story._id,
    draft: documentId.draft(story._id),
    state: documentId.editorialState(story._id),
    receipt: documentId.receipt(story._id),
    slug: story.slug?.current ?? '',
  }
  return knownDocuments.parse(await client.fetch(knownQuery, params, {perspective: 'raw'}))
}

/** A story keeps the address it has; a new one whose address is taken gets a mark of its own behind it. */
function withFreeSlug(
  captured: CapturedStory,
  {draft, live, sameSlug}: KnownDocuments,
): CapturedStory {
  const {article: story} = captured
  const current = draft?.slug?.current ?? live?.slug?.current
  if (current === undefined && sameSlug.length === 0) return captured
  const slug = current ?? `${story.slug?.current}-${digest(story._id, 6)}`
  return {...captured, article: {...story, slug: {_type: 'slug', current: slug}}}
}

type Plan = Pick<ImportResult, 'outcome' | 'sentence'> & {mutations: Mutation[]}

function planImport(captured: CapturedStory, known: KnownDocuments, importing: Importing): Plan {
  const {draft, live, receipt} = known
  const here = draft ?? live
  if (!here) return planNew(captured, known, importing)
  const kept = (reason: string): Plan => ({
    outcome: 'kept',
    sentence: `The story is here already and ${reason}, so it was kept as it is.`,
    mutations: [],
  })
  if (!receipt) return kept('was not imported from a capture')
  if (receipt.importId !== captured.article.source?.importId) {
    return kept(
      `came from another capture, “${receipt.importId}” (if this is another story, tell them apart with --source-url or --publisher)`,
    )
  }
  const stage = stageOf(known.state, live)
  if (stage === 'killed') return kept('was killed')
  if (fingerprintOf(here) !== receipt.fingerprint) return kept('was edited here since its import')
  const same = fingerprintOf(captured.article) === receipt.fingerprint
  const goesLive = importing.publish && !live
  if (same && !goesLive) {
    return {
      outcome: 'unchanged',
      sentence: 'Nothing has changed since the last import.',
      mutations: [],
    }
  }
  if (stage !== 'draft' && stage !== 'live') return kept('has moved on in the workflow')
  return planChange(captured, known, importing)
}

function planNew(captured: CapturedStory, known: KnownDocuments, importing: Importing): Plan {
  const {story, state, receipt} = storyDocuments(captured, importing)
  return {
    outcome: 'created',
    sentence: importing.publish ? 'The story is live.' : 'The story is here as a draft.',
    mutations: [
      {create: {...story}},
      // A state without a story is left over from one that was deleted here.
      known.state ? {createOrReplace: {...state}} : {create: {...state}},
      {createOrReplace: {...receipt}},
    ],
  }
}

/** Replaces a story that nobody edited here, publishes it, or both. */
function planChange(captured: CapturedStory, known: KnownDocuments, importing: Importing): Plan {
  const {draft, live, state} = known
  const {now, by, publish} = importing
  const id = captured.article._id
  const draftId = documentId.draft(id)
  const next: Article = {...captured.article, _id: draftId}
  const receipt: Mutation = {createOrReplace: {...receiptOf(captured, now)}}
  const entry = importEntry(captured, importing, stageOf(state, live))
  if (!publish) {
    return {
      outcome: 'updated',
      sentence: live
        ? 'The capture has changed; the change waits as a draft of the live story.'
        : 'The capture has changed, and so has the draft.',
      mutations: [
        ...(draft ? [guard(draft), {createOrReplace: {...next}}] : [{create: {...next}}]),
        withQuestions(moveState({articleId: id, state, entry}), captured),
        receipt,
      ],
    }
  }
  const {mutations} = publicationOf({
    draft: {...next, _rev: draft?._rev ?? 'import'},
    live,
    state,
    answer: live
      ? {kind: 'silentFix'}
      : {kind: 'now', reason: `From the capture ${captured.article.source?.importId}`},
    now,
    by,
    role: 'administrator',
    newKey: () => digest(`${id} publish ${now.toISOString()}`, 12),
  })
  return {
    outcome: 'updated',
    sentence: live ? 'The capture has changed, and so has the live story.' : 'The story is live.',
    mutations: [
      ...mutations
        .filter((mutation) => draft || !concerns(mutation, draftId))
        .map((mutation) => withQuestions(mutation, captured)),
      receipt,
    ],
  }
}

function concerns(mutation: Mutation, id: string): boolean {
  if ('patch' in mutation) return mutation.patch.id === id
  return 'delete' in mutation && mutation.delete.id === id
}

/** Puts the importer's questions into whichever mutation writes the story's state. */
function withQuestions(mutation: Mutation, {article: story, questions}: CapturedStory): Mutation {
  const id = documentId.editorialState(story._id)
  if ('patch' in mutation && mutation.patch.id === id) {
    return {patch: {...mutation.patch, set: {...mutation.patch.set, questions}}}
  }
  if ('create' in mutation && mutation.create._id === id) {
    return {create: {...mutation.create, questions}}
  }
  return mutation
}

function writtenBy(mutation: Mutation): DocumentToWrite[] {
  if ('create' in mutation) return [mutation.create]
  return 'createOrReplace' in mutation ? [mutation.createOrReplace] : []
}
