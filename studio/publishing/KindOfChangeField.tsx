import {Stack, Text, TextArea} from '@sanity/ui'
import {useId} from 'react'

import type {Article} from '../../editorial/documents.ts'
import {ChoiceCard} from '../dialog/ChoiceCard.tsx'
import {submitOnModifiedEnter} from '../dialog/submitOnModifiedEnter.ts'
import {useFocusOnMount} from '../dialog/useFocusOnMount.ts'
import {
  changeWords,
  consequenceOf,
  kindsOfChange,
  textOf,
  withText,
  type KindOfChange,
  type Question,
} from './changeQuestion.ts'

type QuestionProps = {question: Question; onChange: (question: Question) => void}

/** What kind of change is this? Each answer says what readers get from it. */
export function KindOfChangeField({
  question,
  onChange,
  live,
}: QuestionProps & {live: Article | undefined}) {
  return (
    <fieldset style={{border: 0, margin: 0, padding: 0, minWidth: 0}}>
      <legend style={{padding: 0, marginBottom: '1rem'}}>
        <Text size={1} weight="semibold">
          What kind of change is this?
        </Text>
      </legend>
      <Stack gap={3}>
        {kindsOfChange.map((kind) => (
          <Choice
            key={kind}
            kind={kind}
            consequence={consequenceOf(kind, live)}
            question={question}
            onChange={onChange}
          />
        ))}
      </Stack>
    </fieldset>
  )
}

function Choice({
  kind,
  consequence,
  question,
  onChange,
}: QuestionProps & {kind: KindOfChange; consequence: string}) {
  const focus = useFocusOnMount<HTMLInputElement>()
  const takesFocus = kind === kindsOfChange[0]
  return (
    <ChoiceCard
      name="kind-of-change"
      value={kind}
      checked={question.kind === kind}
      radioRef={takesFocus ? focus : undefined}
      onChoose={() => onChange({...question, kind})}
      title={changeWords[kind].title}
      about={consequence}
      testId={`publish-change-${kind}`}
    />
  )
}

/** The text that readers get with the chosen kind; nothing for a silent fix. */
export function ChangeText({question, onChange, drafting}: QuestionProps & {drafting: boolean}) {
  const id = useId()
  const words = question.kind && changeWords[question.kind].text
  if (words === undefined) return null
  return (
    <Stack gap={3}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        {words.label}
      </Text>
      <TextArea
        id={id}
        rows={3}
        placeholder={drafting && question.kind === 'update' ? 'Reading what you changed …' : ''}
        value={textOf(question) ?? ''}
        onChange={({currentTarget}) => onChange(withText(question, currentTarget.value))}
        onKeyDown={submitOnModifiedEnter}
        aria-describedby={`${id}-help`}
        data-testid="publish-change-note"
      />
      <Text size={1} muted id={`${id}-help`}>
        {words.help}
      </Text>
    </Stack>
  )
}
