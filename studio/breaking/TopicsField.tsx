import {Box, Card, Checkbox, Flex, Stack, Text, TextInput} from '@sanity/ui'
import {useId, useState, type KeyboardEvent} from 'react'

import {useTopics} from './useTopics.ts'

/** From so many topics on there is a field to search them. */
const many = 12

/** Kept free until the topics are known: the dialog's buttons must not move under the pointer. */
const oneRow = '1.5625rem'

/** What it is about: any number of the newsroom's topics. */
export function TopicsField({
  chosen,
  onChange,
}: {
  chosen: readonly string[]
  onChange: (topics: readonly string[]) => void
}) {
  const id = useId()
  const topics = useTopics()
  const [searched, setSearched] = useState('')
  const words = searched.trim().toLowerCase()
  const found = topics?.filter(
    ({_id, title}) => chosen.includes(_id) || title.toLowerCase().includes(words),
  )
  return (
    <fieldset style={{border: 0, margin: 0, padding: 0, minWidth: 0}}>
      <legend style={{padding: 0, marginBottom: '0.75rem'}}>
        <Text size={1} weight="medium">
          Topics
        </Text>
      </legend>
      <Stack gap={3}>
        {topics !== undefined && topics.length >= many && (
          <TextInput
            fontSize={1}
            aria-label="Search topics"
            placeholder="Search topics"
            value={searched}
            onChange={({currentTarget}) => setSearched(currentTarget.value)}
            onKeyDown={keepFromConfirming}
            data-testid="break-story-topic-search"
          />
        )}
        {found?.length === 0 ? (
          <Text size={1} muted>
            {topics?.length === 0 ? 'The newsroom has no topics yet.' : 'No topic is called that.'}
          </Text>
        ) : (
          <Card overflow="auto" style={{minHeight: oneRow, maxHeight: '7.5rem'}}>
            <Flex gap={4} wrap="wrap" padding={1} data-testid="break-story-topics">
              {found?.map(({_id, title}) => (
                <Flex as="label" htmlFor={`${id}-${_id}`} key={_id} gap={2} align="center">
                  <Checkbox
                    id={`${id}-${_id}`}
                    checked={chosen.includes(_id)}
                    onChange={({currentTarget}) =>
                      onChange(
                        currentTarget.checked
                          ? [...chosen, _id]
                          : chosen.filter((other) => other !== _id),
                      )
                    }
                  />
                  <Box>
                    <Text size={1}>{title}</Text>
                  </Box>
                </Flex>
              ))}
            </Flex>
          </Card>
        )}
      </Stack>
    </fieldset>
  )
}

/** Enter in a search is no confirmation of the dialog. */
function keepFromConfirming(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault()
}
