import {PublishIcon} from '@sanity/icons/Publish'
import {useToast} from '@sanity/ui/toast'
import {useCallback, useEffect, useRef, useState} from 'react'
import {
  useClient,
  useCurrentUser,
  type DocumentActionComponent,
  type DocumentActionDescription,
  type DocumentActionProps,
} from 'sanity'

import {ProblemDialog, type Problem} from '../publishing/ProblemDialog.tsx'
import {PublishChangeDialog} from '../publishing/PublishChangeDialog.tsx'
import {publishStory} from '../publishing/publishStory.ts'
import {readStory} from '../publishing/storyAsRead.ts'
import {errorsReason, type Settled} from '../publishing/settled.ts'
import {useSettled} from '../publishing/useSettled.ts'
import {apiVersion} from '../currentSettings.ts'
import {sentenceOf} from '../StudioError.ts'
import {stageAsRead} from '../../editorial/asking.ts'
import {roleReason} from '../../editorial/roles.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'

/** Replaces the stock Publish on stories: the first time at once, on a live story with the one question. */
export const PublishStory: DocumentActionComponent = (props) => {
  const settled = useSettled(props)
  const reason = usePublishReason(props, settled)
  const first = useFirstPublication(props, settled, reason)
  const change = useChange(props, settled)
  return props.published ? {...change, ...blocked(reason)} : {...first, ...blocked(reason)}
}
PublishStory.action = 'publish'
PublishStory.displayName = 'PublishStory'

const common = {icon: PublishIcon, tone: 'positive', shortcut: 'Ctrl+Alt+P'} as const

/** A disabled button that says why; nothing at all when there is no reason. */
function blocked(reason: string | undefined): Partial<DocumentActionDescription> {
  return reason === undefined ? {} : {disabled: true, title: reason, shortcut: null}
}

function usePublishReason(
  {draft, published, ready}: DocumentActionProps,
  settled: Settled,
): string | undefined {
  const role = useNewsroomRole()
  const roleSentence = roleReason(role, 'editor', 'publish')
  if (roleSentence) return roleSentence
  if (!ready) return 'The story is still being loaded.'
  if (published?.['killed']) return 'This story was killed. Revive it before publishing it again.'
  if (!draft) {
    return published
      ? 'Nothing has changed since this story was last published.'
      : 'There is nothing to publish yet. Write a headline and a lede first.'
  }
  return settled.validated ? errorsReason(settled.errors) : undefined
}

/** One click: waits until the last keystroke is saved and validated, then publishes. */
function useFirstPublication(
  {id}: DocumentActionProps,
  settled: Settled,
  reason: string | undefined,
): DocumentActionDescription {
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id
  const role = useNewsroomRole()
  const {push} = useToast()
  const [asked, setAsked] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const sending = useRef(false)

  const publish = useCallback(async () => {
    try {
      const asRead = await readStory(client, id)
      // What was not approved goes out without a review: a publisher's right, and the history says so.
      const answer =
        stageAsRead(asRead) === 'approved'
          ? ({kind: 'first'} as const)
          : ({kind: 'now', reason: 'Published from the form, without a review.'} as const)
      const outcome = await publishStory({
        client,
        articleId: id,
        asRead,
        answer,
        by: by ?? 'unknown',
        role,
      })
      if (outcome.kind === 'meanwhile') setProblem(outcome)
      else push({status: 'success', title: 'Published. Readers can open the story now.'})
    } catch (error) {
      setProblem({kind: 'failed', sentence: sentenceOf(error)})
    }
    sending.current = false
    setAsked(false)
  }, [client, id, by, role, push])

  // A reason that turned up while we waited (an error in the last sentence) disables the button and shows there.
  const goes = asked && settled.validated && reason === undefined
  useEffect(() => {
    if (!goes || sending.current) return
    sending.current = true
    void publish()
  }, [goes, publish])

  return {
    ...common,
    label: asked && reason === undefined ? 'Publishing …' : 'Publish',
    disabled: asked,
    title: settled.saved ? undefined : 'Your last changes are being saved first.',
    onHandle: () => setAsked(true),
    dialog: problem !== undefined && {
      type: 'custom',
      component: (
        <ProblemDialog
          title="The story was not published"
          problem={problem}
          onClose={() => setProblem(undefined)}
        />
      ),
    },
  }
}

/** Opens the question; the dialog does the rest. */
function useChange(props: DocumentActionProps, settled: Settled): DocumentActionDescription {
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  return {
    ...common,
    label: 'Publish change…',
    onHandle: () => setOpen(true),
    dialog: open && {
      type: 'custom',
      component: (
        <PublishChangeDialog
          articleId={props.id}
          type={props.type}
          settled={settled}
          onClose={close}
        />
      ),
    },
  }
}
