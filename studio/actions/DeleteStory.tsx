import {TrashIcon} from '@sanity/icons/Trash'
import {Text} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useState} from 'react'
import {useClient, useCurrentUser, type DocumentActionComponent} from 'sanity'

import {deletionOf} from '../../editorial/deletion.ts'
import {apiVersion} from '../currentSettings.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {useWhileOpen} from '../dialog/useWhileOpen.ts'
import {ProblemNotice, type Problem} from '../publishing/ProblemDialog.tsx'
import {colleagueSilence} from '../publishing/colleagueSilence.ts'
import {newKey, transactOnStory} from '../publishing/publishStory.ts'
import {readStory} from '../publishing/storyAsRead.ts'
import {sentenceOf} from '../StudioError.ts'
import {useStoryDesk, type StoryDesk} from '../workflow/storyDesk.ts'

/** Deletes a story that readers never saw; what they have seen is unpublished or killed instead. */
export const DeleteStory: DocumentActionComponent = () => {
  const desk = useStoryDesk()
  if (desk === undefined) return null
  const {deletable, show} = desk
  const close = () => show(undefined)
  return {
    label: 'Delete…',
    icon: TrashIcon,
    tone: 'critical',
    disabled: deletable !== true,
    ...(deletable !== true && {title: deletable}),
    onHandle: () => show(<DeleteStoryDialog desk={desk} onClose={close} />),
  }
}
DeleteStory.action = 'delete'
DeleteStory.displayName = 'DeleteStory'

function DeleteStoryDialog({desk: {id, role}, onClose}: {desk: StoryDesk; onClose: () => void}) {
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id ?? 'unknown'
  const {push} = useToast()
  const open = useWhileOpen()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const remove = async () => {
    setSending(true)
    try {
      await colleagueSilence(client, id, by, open.current)
      const asRead = await readStory(client, id)
      const {mutations} = deletionOf({...asRead, by, role, newKey})
      const outcome = await transactOnStory({
        client,
        articleId: id,
        asRead,
        mutations,
        tag: 'delete',
      })
      if (outcome.kind === 'done') {
        push({status: 'success', title: 'Deleted.'})
        onClose()
        return
      }
      setProblem(outcome)
    } catch (error) {
      setProblem({kind: 'failed', sentence: sentenceOf(error)})
    }
    setSending(false)
  }
  return (
    <NewsroomDialog
      testId="delete"
      title={problem === undefined ? 'Delete the story' : 'The story was not deleted'}
      cancelText="Keep it"
      {...(problem === undefined && {
        confirm: {text: 'Delete it', busy: sending},
        onConfirm: () => void remove(),
      })}
      onClose={onClose}
    >
      {problem === undefined ? (
        <Text size={1}>Readers never saw this story. It goes, with where it stood.</Text>
      ) : (
        <ProblemNotice problem={problem} />
      )}
    </NewsroomDialog>
  )
}
