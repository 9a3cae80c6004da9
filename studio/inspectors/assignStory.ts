import type {SanityClient} from '@sanity/client'

import {moveOf} from '../../editorial/moves.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {newKey, transact} from '../publishing/publishStory.ts'
import {readStory} from '../publishing/storyAsRead.ts'
import {isRevisionConflict, StudioError} from '../StudioError.ts'

/**
 * Gives a story to somebody, or takes it away (`null`), and sets until when, in one logged transaction on its state.
 * Throws `EditorialError` for what the rules refuse, `StudioError` when somebody else moved the story at the same moment,
 * and the client's errors.
 */
export async function assignStory({
  client,
  articleId,
  by,
  role,
  timeZone,
  change,
}: {
  client: SanityClient
  articleId: string
  by: string
  role: RoleName
  timeZone: string
  change: {assignee?: string | null; dueAt?: string | null}
}): Promise<void> {
  const story = await readStory(client, articleId)
  const {mutations} = moveOf({...story, by, role, timeZone, newKey}, {action: 'assign', ...change})
  try {
    await transact(client, mutations, 'assign')
  } catch (error) {
    if (!isRevisionConflict(error)) throw error
    throw new StudioError(
      'meanwhile',
      'Somebody else moved this story at the same moment. Look at where it stands now, and assign it again.',
      {cause: error},
    )
  }
}
