import {Card, Stack, Text, TextInput} from '@sanity/ui'
import {useDeferredValue, useEffect, useId, useMemo, useState} from 'react'
import {useClient} from 'sanity'

import {isLive, levelTitles} from '../../editorial/breaking.ts'
import {readableTime} from '../../editorial/zones.ts'
import type {Preview} from '../../queries/preview.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {apiVersion, studioSettings} from '../currentSettings.ts'
import {PreviewFrame} from '../preview/PreviewFrame.tsx'
import {noticePage} from '../preview/previewPage.ts'
import {readPreview} from '../preview/readPreview.ts'
import {readStory} from '../publishing/storyAsRead.ts'
import type {StoryDesk} from './storyDesk.ts'

/**
 * What a kill does before it is done: the page that readers will find, and the breaking news that goes with it.
 * `notice` is undefined for a story that readers never saw, which leaves no page.
 */
export function KillPreview({
  desk,
  notice,
  sentence,
  onSentence,
}: {
  desk: StoryDesk
  notice: string | undefined
  sentence: string
  onSentence: (sentence: string) => void
}) {
  const known = useLeases(desk.id)
  const live = known?.leases.filter((lease) => isLive(lease, known.now)) ?? []
  const id = useId()
  return (
    <>
      {live.length > 0 && (
        <Stack gap={4} data-testid="kill-leases">
          {live.map((lease) => (
            <Text key={lease._id} size={1}>
              “{lease.headline}” is up as {levelTitles[lease.level]} until{' '}
              {readableTime(lease.until, desk.timeZone)}. It is withdrawn with the story.
            </Text>
          ))}
          <Stack gap={3}>
            <Text as="label" htmlFor={id} size={1} weight="medium">
              What does the banner say instead, for half an hour?
            </Text>
            <TextInput
              id={id}
              value={sentence}
              placeholder={notice?.trim() || 'Your notice'}
              onChange={({currentTarget}) => onSentence(currentTarget.value)}
              aria-describedby={`${id}-help`}
              data-testid="kill-sentence"
            />
            <Text size={1} muted id={`${id}-help`}>
              After the word “Withdrawn”. Left empty, it says your notice.
            </Text>
          </Stack>
        </Stack>
      )}
      {notice === undefined ? (
        <Text size={1}>Readers never saw this story, so they find neither page nor notice.</Text>
      ) : (
        <NoticePage storyId={desk.id} notice={notice} />
      )}
    </>
  )
}

function NoticePage({storyId, notice}: {storyId: string; notice: string}) {
  const client = useClient({apiVersion})
  const [read, setRead] = useState<{preview: Preview; now: Date}>()
  useEffect(() => {
    let current = true
    const ask = async () => {
      const {live, now} = await readStory(client, storyId)
      if (live === undefined) return
      const preview = await readPreview(client, live, now)
      if (current) setRead({preview, now})
    }
    // Without the picture of the page the kill goes on: it protects people.
    ask().catch(() => undefined)
    return () => {
      current = false
    }
  }, [client, storyId])
  const shown = useDeferredValue(notice.trim() || '…')
  const html = useMemo(
    () =>
      read &&
      noticePage(read.preview, read.now, shown, {...studioSettings, siteUrl: location.origin}),
    [read, shown],
  )
  return (
    <Stack gap={3}>
      <Text size={1} weight="medium">
        Readers will find
      </Text>
      <Card border radius={2} overflow="hidden" style={{height: 320}}>
        {html !== undefined && (
          <PreviewFrame html={html} testId="kill-notice-frame" title="The page that readers find" />
        )}
      </Card>
    </Stack>
  )
}
