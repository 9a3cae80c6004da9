import {LockIcon} from '@sanity/icons/Lock'
import {Card, Flex, Stack, Text} from '@sanity/ui'
import {useMemo} from 'react'
import type {InputProps, ObjectInputProps} from 'sanity'

import {whyReadOnly} from '../../editorial/editing.ts'
import {readOnlyMembers} from './readOnlyMembers.ts'
import {useStoryDesk} from './storyDesk.ts'
import {useClosing} from './useClosing.ts'

/** Inputs as they are, but for a story's form as a whole, which takes no words at some stages and says why. */
export function StoryInput(props: InputProps) {
  return isStory(props) ? <StoryForm {...props} /> : props.renderDefault(props)
}

function isStory(props: InputProps): props is ObjectInputProps {
  return props.path.length === 0 && props.schemaType.name === 'article' && 'members' in props
}

/** It stays in sight: whoever typed further down must see why the words stop. */
const banner = {display: 'block', position: 'sticky', top: 0, zIndex: 2} as const

function StoryForm(props: ObjectInputProps) {
  const desk = useStoryDesk()
  const stage = desk?.stage
  const reason = desk && stage && whyReadOnly(stage, desk.role)
  const {closing, touched} = useClosing(stage === undefined || reason !== undefined)
  const isReadOnly = closing === 'closed'
  const {members} = props
  const shown = useMemo(
    () => (isReadOnly ? readOnlyMembers(members) : members),
    [isReadOnly, members],
  )
  // One tree in all cases: an input that was made anew would lose the words under the fingers.
  return (
    <Stack gap={reason === undefined ? 0 : 5}>
      <output style={banner} data-testid="read-only-reason">
        {reason !== undefined && (
          <Card border padding={4} radius={2} tone="caution">
            <Flex gap={3}>
              <Text size={1}>
                <LockIcon />
              </Text>
              <Text size={1}>{reason}</Text>
            </Flex>
          </Card>
        )}
      </output>
      <div
        inert={closing === 'closing'}
        onKeyDownCapture={touched}
        onInputCapture={touched}
        onPasteCapture={touched}
        onDropCapture={touched}
        onPointerDownCapture={touched}
      >
        {props.renderDefault({
          ...props,
          members: shown,
          readOnly: isReadOnly || props.readOnly === true,
        })}
      </div>
    </Stack>
  )
}
