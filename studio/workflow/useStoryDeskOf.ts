import {useMemo, useState} from 'react'
import {useCurrentUser} from 'sanity'
import {useDocumentPane} from 'sanity/structure'

import {factsOf} from '../../editorial/asking.ts'
import {deletable} from '../../editorial/deletion.ts'
import {article, type EditorialState} from '../../editorial/documents.ts'
import {stageOf} from '../../editorial/stages.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {useSettled} from '../publishing/useSettled.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {useStoryState} from '../useStoryState.ts'
import type {KnownStory} from './storyDesk.ts'
import {useChangeSinceApproval} from './useChangeSinceApproval.ts'

/** Stands for the lake's time until it is known; nothing is judged before. */
const notYet = new Date(0)

/** What is known of the story of this pane, as it changes; everything but the step that is being taken. */
export function useStoryDeskOf(id: string, type: string): KnownStory {
  const {editState} = useDocumentPane()
  const draft = editState?.draft ?? null
  const published = editState?.published ?? null
  const by = useCurrentUser()?.id ?? 'unknown'
  const role = useNewsroomRole()
  const known = useKnownState(id)
  const {timeZone} = useNewsroomClock()
  const leases = useLeases(id)
  const settled = useSettled({id, type, draft, published})
  const state = known?.state
  const ready = known !== undefined && leases !== undefined && editState?.ready === true
  const changed = useChangeSinceApproval(id, draft?._rev, state?.approvedRevision)
  const embargo = draft?.['embargoUntil']
  const killed = published?.['killed'] !== undefined
  const live = useMemo(() => article.safeParse(published).data, [published])

  return useMemo(() => {
    const facts = factsOf(
      {
        state,
        now: leases?.now ?? notYet,
        by,
        changed,
        timeZone,
        errors: settled.validated ? settled.errors : undefined,
      },
      {leases: leases?.leases},
    )
    return {
      id,
      type,
      role,
      stage: ready ? (killed ? 'killed' : stageOf(state, published)) : undefined,
      facts: {
        ...facts,
        draft: draft && {
          _rev: draft._rev,
          embargoUntil: typeof embargo === 'string' ? embargo : undefined,
        },
      },
      timeZone,
      settled,
      labelled: published?.['update'] === true,
      deletable: ready ? deletable({live, state, role}) : 'The story is still being loaded.',
      revisions: {draft: draft?._rev, live: published?._rev, state: state?._rev},
    }
  }, [
    id,
    type,
    role,
    ready,
    killed,
    state,
    published,
    live,
    leases,
    by,
    changed,
    timeZone,
    settled,
    draft,
    embargo,
  ])
}

/**
 * Where the story stands; undefined until it is known. What was known stays while the lake cannot be asked, so that
 * nobody's form closes because a connection broke.
 */
function useKnownState(storyId: string): {state: EditorialState | undefined} | undefined {
  const listened = useStoryState(storyId)
  const [known, setKnown] = useState<{state: EditorialState | undefined}>()
  if (listened.state === 'ready' && (!known || (listened.value ?? undefined) !== known.state)) {
    setKnown({state: listened.value ?? undefined})
  }
  return known
}
