import {Grid, Stack} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useEffect, useState} from 'react'
import {useClient, useCurrentUser} from 'sanity'

import {apiVersion} from '../currentSettings.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {useWhileOpen} from '../dialog/useWhileOpen.ts'
import {sentenceOf} from '../StudioError.ts'
import {refusalOf} from '../workflow/refusal.ts'
import type {StoryDesk} from '../workflow/storyDesk.ts'
import {answerOf, changeWords, confirmReason, firstQuestion, unasked} from './changeQuestion.ts'
import {ChangesOfStory} from './ChangesOfStory.tsx'
import {ChangeText, KindOfChangeField} from './KindOfChangeField.tsx'
import {ProblemNotice, type Problem} from './ProblemDialog.tsx'
import {publishStory} from './publishStory.ts'
import {ReadersWillSee} from './ReadersWillSee.tsx'
import {readStory, type StoryAsRead} from './storyAsRead.ts'
import {useSaveNow} from './useSettled.ts'

/**
 * Publishing a change to a live story asks one question: what kind of change is this? Beside it stand what was
 * changed and what readers will see of it.
 */
export function PublishChangeDialog({desk, onClose}: {desk: StoryDesk; onClose: () => void}) {
  const {id, type, role, settled} = desk
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id ?? 'unknown'
  const {push} = useToast()
  const [asRead, setAsRead] = useState<StoryAsRead>()
  const [question, setQuestion] = useState(unasked)
  const [problem, setProblem] = useState<Problem>()
  const [publishing, setPublishing] = useState(false)
  const open = useWhileOpen()
  useSaveNow(id, type)

  const mustRead = asRead === undefined && problem === undefined && settled.validated
  useEffect(() => {
    if (!mustRead) return undefined
    let current = true
    const read = async () => {
      try {
        const story = await readStory(client, id)
        if (!current) return
        setAsRead(story)
        setQuestion((asked) => firstQuestion(story, asked))
      } catch (error) {
        if (current) setProblem({kind: 'failed', sentence: sentenceOf(error)})
      }
    }
    void read()
    return () => {
      current = false
    }
  }, [mustRead, client, id])

  const lookAgain = () => {
    setAsRead(undefined)
    setProblem(undefined)
  }

  const publish = async () => {
    const answer = answerOf(question)
    if (asRead === undefined || answer === undefined) return
    setPublishing(true)
    try {
      const outcome = await publishStory({
        client,
        articleId: id,
        asRead,
        answer,
        by,
        role,
        wanted: open.current,
      })
      if (outcome.kind === 'done') {
        push({status: 'success', title: changeWords[answer.kind].done})
        onClose()
        return
      }
      setProblem(outcome)
    } catch (error) {
      setProblem({kind: 'failed', sentence: sentenceOf(error)})
    }
    setPublishing(false)
  }

  const reason = confirmReason({
    validated: settled.validated,
    refusal: refusalOf(desk, 'republish'),
    asRead,
    question,
  })
  return (
    <NewsroomDialog
      testId="publish-change"
      title={problem === undefined ? 'Publish change' : 'The change was not published'}
      width={2}
      confirm={
        problem === undefined
          ? {
              text: 'Publish change',
              disabledReason: publishing ? undefined : reason,
              busy: publishing,
            }
          : {text: 'Look again'}
      }
      onConfirm={() => {
        if (problem === undefined) void publish()
        else lookAgain()
      }}
      onClose={onClose}
    >
      {problem && <ProblemNotice problem={problem} />}
      <Grid gridTemplateColumns={[1, 1, 2]} gap={5}>
        <Stack gap={5}>
          <KindOfChangeField question={question} onChange={setQuestion} live={asRead?.live} />
          <ChangeText
            question={question}
            onChange={setQuestion}
            drafting={asRead === undefined && problem === undefined}
          />
        </Stack>
        <Stack gap={5}>
          <ChangesOfStory asRead={asRead} />
          <ReadersWillSee asRead={asRead} question={question} />
        </Stack>
      </Grid>
    </NewsroomDialog>
  )
}
