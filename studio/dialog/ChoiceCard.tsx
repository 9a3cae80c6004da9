import {Card, Flex, Radio, Stack, Text} from '@sanity/ui'
import {useId, type ReactNode, type Ref} from 'react'

/** One answer of several, with a sentence about it; `name` is that of the question. */
export function ChoiceCard({
  name,
  value,
  checked,
  title,
  about,
  radioRef,
  onChoose,
  testId,
}: {
  name: string
  value?: string
  checked: boolean
  title: ReactNode
  about: string
  radioRef?: Ref<HTMLInputElement> | undefined
  onChoose: () => void
  testId: string
}) {
  const id = useId()
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
          name={name}
          {...(value !== undefined && {value})}
          checked={checked}
          ref={radioRef}
          onChange={onChoose}
          aria-describedby={`${id}-about`}
          data-testid={testId}
        />
        <Stack gap={3} flex={1}>
          <Text size={1} weight="medium">
            {title}
          </Text>
          <Text size={1} muted id={`${id}-about`}>
            {about}
          </Text>
        </Stack>
      </Flex>
    </Card>
  )
}
