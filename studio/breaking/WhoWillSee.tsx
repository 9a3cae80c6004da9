import {Stack, Text} from '@sanity/ui'
import {useId} from 'react'

import {isLive, liveLeases} from '../../editorial/breaking.ts'
import type {Banner} from '../../queries/breaking.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {useTopics, type Topic} from './useTopics.ts'

/** Who gets the banner, and what it does there: the truth about pages, partners, topics and other banners. */
export function WhoWillSee({
  banner,
  topics,
  live,
  when,
}: {
  banner: Banner
  topics: readonly string[]
  live: readonly DeskLease[]
  when: 'now' | 'later'
}) {
  const id = useId()
  const known = useTopics()
  const {times} = useNewsroomClock()
  const above = bannerAbove(banner, live)
  return (
    <Stack gap={3} as="section" aria-labelledby={id} data-testid="break-story-who">
      <Text size={1} weight="medium" id={id}>
        Who will see it
      </Text>
      <Text size={1}>
        Every reader, on every page of the site
        {when === 'now' ? ', within a second where a page is open' : ' from then on'}, and on
        partners’ pages that show our breaking news.{' '}
        {banner.level === 'flash'
          ? 'Screen readers interrupt what they say for it.'
          : 'Screen readers tell it when they have finished their sentence.'}
      </Text>
      {above !== undefined && (
        <Text size={1} data-testid="break-story-above">
          “{above.headline}” stands there first, until {times.clock(above.until)}: pages show one
          banner, the most urgent and then the newest.
        </Text>
      )}
      <Text size={1}>{topicsSentence(topics, known)}</Text>
    </Stack>
  )
}

/** What readers still see when the banner goes up, because it is more urgent. */
function bannerAbove(banner: Banner, live: readonly DeskLease[]): DeskLease | undefined {
  const begin = new Date(banner.startsAt)
  const [first] = liveLeases([...live, {...banner, headline: banner.text}], begin)
  const above = live.find(({_id}) => _id === first?._id)
  return above && isLive(above, begin) ? above : undefined
}

function topicsSentence(topics: readonly string[], known: readonly Topic[] | undefined): string {
  if (topics.length === 0) {
    return 'Without a topic it is not found by programs that ask for one topic’s breaking news.'
  }
  const titles = topics.map((id) => known?.find(({_id}) => _id === id)?.title ?? 'a topic')
  const named = new Intl.ListFormat('en-GB').format(titles)
  return `Topics narrow nothing down: they let programs that ask for breaking news about ${named} find it.`
}
