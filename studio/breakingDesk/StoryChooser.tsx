import {SearchIcon} from '@sanity/icons/Search'
import {Flex, Radio, Stack, Text, TextInput} from '@sanity/ui'
import {useId, useState} from 'react'

import type {FoundStory} from '../../queries/storySearch.ts'
import {counted} from '../../schemas/previews.ts'
import {useFocusOnMount} from '../dialog/useFocusOnMount.ts'
import {useStoriesFound} from './useStoriesFound.ts'

/** Finds a story by the words of its headline; without words it offers those that were changed last. */
export function StoryChooser({
  chosen,
  onChoose,
}: {
  chosen: FoundStory | undefined
  onChoose: (story: FoundStory) => void
}) {
  const id = useId()
  const focus = useFocusOnMount<HTMLInputElement>()
  const [typed, setTyped] = useState('')
  const found = useStoriesFound(typed)
  return (
    <>
      <Stack gap={3}>
        <Text as="label" htmlFor={id} size={1} weight="medium">
          Words of its headline
        </Text>
        <TextInput
          id={id}
          ref={focus}
          type="search"
          icon={SearchIcon}
          value={typed}
          onChange={({currentTarget}) => setTyped(currentTarget.value)}
          autoComplete="off"
          data-testid="story-search"
        />
      </Stack>
      <fieldset style={{border: 0, margin: 0, padding: 0, minHeight: '14rem'}}>
        <legend style={{padding: 0, marginBottom: '0.75rem'}}>
          <Text as="output" size={1} muted data-testid="story-search-count">
            {sentence(found, typed)}
          </Text>
        </legend>
        <Stack gap={3}>
          {found.state === 'ready' &&
            found.stories.map((story) => (
              <Flex
                as="label"
                htmlFor={`${id}-${story.id}`}
                key={story.id}
                gap={3}
                align="center"
                data-testid="story-found"
              >
                <Radio
                  id={`${id}-${story.id}`}
                  name={`${id}-story`}
                  value={story.id}
                  checked={chosen?.id === story.id}
                  onChange={() => onChoose(story)}
                />
                <Text size={1}>
                  <span dir="auto">{story.headline ?? 'Story without a headline'}</span>
                  {!story.isLive && ' (not published)'}
                </Text>
              </Flex>
            ))}
        </Stack>
      </fieldset>
    </>
  )
}

function sentence(found: ReturnType<typeof useStoriesFound>, typed: string): string {
  if (found.state === 'loading') return 'Searching …'
  if (found.state === 'failed') {
    return 'Stories cannot be searched at the moment. Type again to try once more.'
  }
  const {length} = found.stories
  if (typed.trim() === '') return 'Changed last'
  return length === 0
    ? 'No story has these words in its headline.'
    : `${counted(length, 'story', 'stories')} found`
}
