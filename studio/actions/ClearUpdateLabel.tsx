import {RemoveCircleIcon} from '@sanity/icons/RemoveCircle'
import {useToast} from '@sanity/ui/toast'
import {useCallback, useState} from 'react'
import {useClient, useCurrentUser, type DocumentActionComponent} from 'sanity'

import {apiVersion} from '../currentSettings.ts'
import {ProblemDialog, type Problem} from '../publishing/ProblemDialog.tsx'
import {publishStory} from '../publishing/publishStory.ts'
import {readStory} from '../publishing/storyAsRead.ts'
import {useSettled} from '../publishing/useSettled.ts'
import {sentenceOf} from '../StudioError.ts'
import {roleReason} from '../../editorial/roles.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'

/** Takes the update label off a live story, on draft and live together, without publishing anything else. */
export const ClearUpdateLabel: DocumentActionComponent = (props) => {
  const {id, published} = props
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id
  const role = useNewsroomRole()
  const {saved} = useSettled(props)
  const {push} = useToast()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()

  const clear = useCallback(async () => {
    setBusy(true)
    try {
      const outcome = await publishStory({
        client,
        articleId: id,
        asRead: await readStory(client, id),
        answer: {kind: 'clearUpdateLabel'},
        by: by ?? 'unknown',
        role,
      })
      if (outcome.kind === 'meanwhile') setProblem(outcome)
      else push({status: 'success', title: 'Readers see no update label on this story any more.'})
    } catch (error) {
      setProblem({kind: 'failed', sentence: sentenceOf(error)})
    }
    setBusy(false)
  }, [client, id, by, role, push])

  if (published?.['update'] !== true) return null
  const reason =
    roleReason(role, 'editor', 'clear the update label') ??
    (saved ? undefined : 'Your last changes are being saved.')
  return {
    label: 'Clear update label',
    icon: RemoveCircleIcon,
    disabled: busy || reason !== undefined,
    title: reason,
    onHandle: () => void clear(),
    dialog: problem !== undefined && {
      type: 'custom',
      component: (
        <ProblemDialog
          title="The label was not cleared"
          problem={problem}
          onClose={() => setProblem(undefined)}
        />
      ),
    },
  }
}
ClearUpdateLabel.displayName = 'ClearUpdateLabel'
