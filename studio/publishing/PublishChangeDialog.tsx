import {Card, Flex, Radio, Stack, Text, TextArea} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useEffect, useId, useState} from 'react'
import {useClient, useCurrentUser} from 'sanity'

import {labelText} from '../../editorial/labels.ts'
import type {PublicationAnswer} from '../../editorial/publishing.ts'
import {apiVersion} from '../currentSettings.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {submitOnModifiedEnter} from '../dialog/submitOnModifiedEnter.ts'
import {useFocusOnMount} from '../dialog/useFocusOnMount.ts'
import {sentenceOf} from '../StudioError.ts'
import {confirmReason, firstQuestion, nextUpdateNumber, type Question} from './changeQuestion.ts'
import {ProblemNotice, type Problem} from './ProblemDialog.tsx'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {publishStory} from './publishStory.ts'
import {readStory, type StoryAsRead} from './storyAsRead.ts'
import type {Settled} from './settled.ts'
import {useSaveNow} from './useSettled.ts'

/** Publishing a change to a live story asks one question: what kind of change is this? */
export function PublishChangeDialog({
  articleId,
  type,
  settled,
  onClose,
}: {
  articleId: string
  type: string
  settled: Settled
  onClose: () => void
}) {
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id
  const role = useNewsroomRole()
  const {push} = useToast()
  const [asRead, setAsRead] = useState<StoryAsRead>()
  const [question, setQuestion] = useState<Question>({kind: undefined, note: ''})
  const [problem, setProblem] = useState<Problem>()
  const [publishing, setPublishing] = useState(false)
  useSaveNow(articleId, type)

  const mustRead = asRead === undefined && problem === undefined && settled.validated
  useEffect(() => {
    if (!mustRead) return undefined
    let current = true
    const read = async () => {
      try {
        const story = await readStory(client, articleId)
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
  }, [mustRead, client, articleId])

  const lookAgain = () => {
    setAsRead(undefined)
    setProblem(undefined)
  }

  const publish = async (story: StoryAsRead, answer: PublicationAnswer) => {
    setPublishing(true)
    try {
      const outcome = await publishStory({
        client,
        articleId,
        asRead: story,
        answer,
        by: by ?? 'unknown',
        role,
      })
      if (outcome.kind === 'published') {
        push({status: 'success', title: doneSentence(answer)})
        onClose()
      } else setProblem(outcome)
    } catch (error) {
      setProblem({kind: 'failed', sentence: sentenceOf(error)})
    }
    setPublishing(false)
  }

  if (problem !== undefined) {
    return (
      <NewsroomDialog
        key="problem"
        testId="publish-change"
        title="The change was not published"
        confirm={{text: 'Look again'}}
        onConfirm={lookAgain}
        onClose={onClose}
      >
        <ProblemNotice problem={problem} />
      </NewsroomDialog>
    )
  }
  const reason = confirmReason({settled, asRead, question})
  return (
    <NewsroomDialog
      key="question"
      testId="publish-change"
      title="Publish change"
      confirm={{
        text: 'Publish change',
        disabledReason: publishing ? undefined : reason,
        busy: publishing,
      }}
      onConfirm={() => {
        if (asRead && question.kind === 'update')
          void publish(asRead, {kind: 'update', note: question.note})
        if (asRead && question.kind === 'silentFix') void publish(asRead, {kind: 'silentFix'})
      }}
      onClose={onClose}
    >
      <KindOfChange question={question} onChange={setQuestion} asRead={asRead} />
      {question.kind === 'update' && (
        <UpdateNote question={question} onChange={setQuestion} drafting={asRead === undefined} />
      )}
    </NewsroomDialog>
  )
}

function doneSentence(answer: PublicationAnswer): string {
  return answer.kind === 'update'
    ? 'Published as an update. Readers see the label and your note.'
    : 'Published. Readers see the new text; the label is as it was.'
}

function KindOfChange({
  question,
  onChange,
  asRead,
}: {
  question: Question
  onChange: (question: Question) => void
  asRead: StoryAsRead | undefined
}) {
  const label = labelText({kind: 'update', number: nextUpdateNumber(asRead?.live)})
  return (
    <fieldset style={{border: 0, margin: 0, padding: 0}}>
      <legend style={{padding: 0, marginBottom: '1rem'}}>
        <Text size={2} weight="semibold">
          What kind of change is this?
        </Text>
      </legend>
      <Stack gap={3}>
        <Choice
          value="silentFix"
          title="Silent fix"
          consequence="A typing error or the like. Readers see the new text and nothing else."
          question={question}
          onChange={onChange}
        />
        <Choice
          value="update"
          title="Update"
          consequence={`Something is new. Readers see “${label}”, the time and your note.`}
          question={question}
          onChange={onChange}
        />
      </Stack>
    </fieldset>
  )
}

function Choice({
  value,
  title,
  consequence,
  question,
  onChange,
}: {
  value: 'silentFix' | 'update'
  title: string
  consequence: string
  question: Question
  onChange: (question: Question) => void
}) {
  const id = useId()
  const checked = question.kind === value
  const focus = useFocusOnMount<HTMLInputElement>()
  const takesFocus = value === 'silentFix'
  return (
    <Card
      as="label"
      htmlFor={id}
      padding={3}
      radius={2}
      border
      tone={checked ? 'primary' : 'default'}
    >
      <Flex gap={3} align="flex-start">
        <Radio
          id={id}
          name="kind-of-change"
          value={value}
          checked={checked}
          ref={takesFocus ? focus : undefined}
          onChange={() => onChange({...question, kind: value})}
          aria-describedby={`${id}-consequence`}
          data-testid={`publish-change-${value}`}
        />
        <Stack gap={3} flex={1}>
          <Text size={1} weight="medium">
            {title}
          </Text>
          <Text size={1} muted id={`${id}-consequence`}>
            {consequence}
          </Text>
        </Stack>
      </Flex>
    </Card>
  )
}

function UpdateNote({
  question,
  onChange,
  drafting,
}: {
  question: Question
  onChange: (question: Question) => void
  drafting: boolean
}) {
  const id = useId()
  return (
    <Stack gap={3}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        What is new?
      </Text>
      <TextArea
        id={id}
        rows={3}
        placeholder={drafting ? 'Reading what you changed …' : 'What readers should know is new'}
        value={question.note}
        onChange={({currentTarget}) => onChange({...question, note: currentTarget.value})}
        onKeyDown={submitOnModifiedEnter}
        aria-describedby={`${id}-help`}
        data-testid="publish-change-note"
      />
      <Text size={1} muted id={`${id}-help`}>
        Drafted from what you changed. Readers see it in the story’s list of updates, so make it a
        sentence for them.
      </Text>
    </Stack>
  )
}
