import {Card, Stack, Text} from '@sanity/ui'
import {useDeferredValue, useEffect, useMemo, useState} from 'react'
import {useClient} from 'sanity'

import {changedFields} from '../../editorial/publicationFields.ts'
import {latest, storedTimeOf} from '../../editorial/time.ts'
import type {Preview} from '../../queries/preview.ts'
import {apiVersion, studioSettings} from '../currentSettings.ts'
import {PreviewFrame} from '../preview/PreviewFrame.tsx'
import {changesPage} from '../preview/previewPage.ts'
import {readPreview} from '../preview/readPreview.ts'
import {answerOf, type Question} from './changeQuestion.ts'
import {newKey} from './publishStory.ts'
import type {StoryAsRead} from './storyAsRead.ts'

/** What stands around the story's words once the change is published, in the site's own HTML. */
export function ReadersWillSee({
  asRead,
  question,
}: {
  asRead: StoryAsRead | undefined
  question: Question
}) {
  const client = useClient({apiVersion})
  const [preview, setPreview] = useState<Preview>()
  const {draft, now} = asRead ?? {}
  useEffect(() => {
    if (draft === undefined || now === undefined) return undefined
    let current = true
    const ask = async () => {
      const answer = await readPreview(client, draft, now)
      if (current) setPreview(answer)
    }
    // The picture of the page is a help; without it the change can be published all the same.
    ask().catch(() => undefined)
    return () => {
      current = false
    }
  }, [client, draft, now])
  const shown = useDeferredValue(question)
  const html = useMemo(
    () => preview && asRead && pageAfter(preview, asRead, shown),
    [preview, asRead, shown],
  )
  return (
    <Stack gap={3}>
      <Text as="h3" size={1} weight="semibold">
        Readers will see
      </Text>
      {html === undefined ? (
        <Text size={1} muted>
          {question.kind === undefined
            ? 'Choose what kind of change this is; the label and the boxes appear here.'
            : 'Making the page …'}
        </Text>
      ) : (
        <Card border radius={2} overflow="hidden" style={{height: 420}}>
          <PreviewFrame html={html} testId="publish-change-frame" title="What readers will see" />
        </Card>
      )}
    </Stack>
  )
}

function pageAfter(
  preview: Preview,
  {draft, live, now}: StoryAsRead,
  question: Question,
): string | undefined {
  const answer = answerOf(question, '…')
  if (answer === undefined || !draft || !live) return undefined
  const at = latest(storedTimeOf(now), live.lastUpdatedAt, live.firstPublishedAt)
  const {update, updates, corrections, firstPublishedAt, lastUpdatedAt} = changedFields({
    before: live,
    story: draft,
    answer,
    at,
    newKey,
  })
  return changesPage(
    preview,
    {
      update,
      updates: updates ?? [],
      corrections: corrections ?? [],
      firstPublishedAt,
      lastUpdatedAt,
    },
    now,
    {...studioSettings, siteUrl: location.origin},
  )
}
