import {Button, Flex, Stack, Text, TextArea} from '@sanity/ui'
import {useId} from 'react'

import {submitOnModifiedEnter} from '../dialog/submitOnModifiedEnter.ts'
import {useFocusOnMount} from '../dialog/useFocusOnMount.ts'
import type {Question} from './storySteps.ts'

/** A text that a dialog asks for; what is usually written is one click away. */
export function QuestionField({
  testId,
  question: {label, help, suggestions = []},
  value,
  onChange,
}: {
  testId: string
  question: Omit<Question, 'words'>
  value: string
  onChange: (value: string) => void
}) {
  const id = useId()
  const focus = useFocusOnMount<HTMLTextAreaElement>()
  return (
    <Stack gap={3}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        {label}
      </Text>
      <TextArea
        id={id}
        ref={focus}
        rows={3}
        value={value}
        onChange={({currentTarget}) => onChange(currentTarget.value)}
        onKeyDown={submitOnModifiedEnter}
        aria-describedby={`${id}-help`}
        data-testid={`${testId}-words`}
      />
      {suggestions.length > 0 && (
        <Flex gap={2} wrap="wrap">
          {suggestions.map((suggestion) => (
            <Button
              key={suggestion}
              type="button"
              mode="ghost"
              fontSize={1}
              padding={2}
              text={suggestion}
              onClick={() => {
                onChange(suggestion)
                focus.current?.focus()
              }}
            />
          ))}
        </Flex>
      )}
      <Text size={1} muted id={`${id}-help`}>
        {help}
      </Text>
    </Stack>
  )
}
