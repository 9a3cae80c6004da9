import {Flex, Grid, Radio, Stack, Text, TextInput} from '@sanity/ui'
import {useDeferredValue, useId, useMemo} from 'react'

import {levelTitles, longestLeaseHeadline} from '../../editorial/breaking.ts'
import {leaseLevels} from '../../editorial/documents.ts'
import {minute, storedTimeOf} from '../../editorial/time.ts'
import type {Banner} from '../../queries/breaking.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {useFocusOnMount} from '../dialog/useFocusOnMount.ts'
import {TimeField} from '../workflow/TimeField.tsx'
import {BannerAsRead} from './BannerAsRead.tsx'
import {levelMeanings, type BreakingForm, type StoryToBreak} from './breakingRequest.ts'
import {LengthField} from './LengthField.tsx'
import {StoryAtBanner} from './StoryAtBanner.tsx'
import {TopicsField} from './TopicsField.tsx'
import type {BreakDialogState} from './useBreakDialog.ts'
import {WhoWillSee} from './WhoWillSee.tsx'

/** What the banner says, how urgent it is, until when, and about what; and what readers will see of that. */
export function BreakingFields({
  dialog: {setForm, start, setStart, desk, leaseId},
  form,
  story,
  when,
}: {
  dialog: BreakDialogState
  form: BreakingForm
  story?: StoryToBreak | undefined
  when: 'now' | 'later'
}) {
  const {now, timeZone} = useNewsroomClock()
  const startsAt = when === 'later' && 'at' in start ? start.at : storedTimeOf(now)
  const shown = useDeferredValue(form)
  const banner = useMemo(
    () => bannerOf(shown, {leaseId, startsAt, storySlug: story?.slug}),
    [shown, leaseId, startsAt, story?.slug],
  )
  return (
    <>
      <HeadlineField form={form} onChange={setForm} />
      <BannerAsRead banner={banner} language={story?.language} testId="break-story-banner" />
      {story && <StoryAtBanner story={story} />}
      <Grid gridTemplateColumns={[1, 1, 2]} gap={5}>
        <LevelField form={form} onChange={setForm} />
        <Stack gap={5}>
          {when === 'later' && (
            <TimeField
              now={now}
              timeZone={timeZone}
              chosen={start}
              deed="It starts"
              testId="break-story-start"
              takesFocus={false}
              onChange={setStart}
            />
          )}
          <LengthField form={form} startsAt={startsAt} onChange={setForm} />
        </Stack>
      </Grid>
      <TopicsField chosen={form.topics} onChange={(topics) => setForm({...form, topics})} />
      <WhoWillSee banner={banner} topics={form.topics} live={desk?.live ?? []} when={when} />
    </>
  )
}

type FieldProps = {form: BreakingForm; onChange: (form: BreakingForm) => void}

function HeadlineField({form, onChange}: FieldProps) {
  const id = useId()
  const focus = useFocusOnMount<HTMLInputElement>()
  return (
    <Stack gap={3}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        What the banner says
      </Text>
      <TextInput
        id={id}
        ref={focus}
        dir="auto"
        maxLength={longestLeaseHeadline}
        value={form.headline}
        onChange={({currentTarget}) => onChange({...form, headline: currentTarget.value})}
        aria-describedby={`${id}-left`}
        data-testid="break-story-headline"
      />
      <Text size={1} muted id={`${id}-left`} style={{fontVariantNumeric: 'tabular-nums'}}>
        {longestLeaseHeadline - form.headline.length} characters left
      </Text>
    </Stack>
  )
}

function LevelField({form, onChange}: FieldProps) {
  const id = useId()
  return (
    <fieldset style={{border: 0, margin: 0, padding: 0, minWidth: 0}}>
      <legend style={{padding: 0, marginBottom: '0.75rem'}}>
        <Text size={1} weight="medium">
          How urgent it is
        </Text>
      </legend>
      <Stack gap={3}>
        {leaseLevels.map((level) => (
          <Flex key={level} as="label" htmlFor={`${id}-${level}`} gap={3} align="center">
            <Radio
              id={`${id}-${level}`}
              name={`${id}-level`}
              value={level}
              checked={form.level === level}
              onChange={() => onChange({...form, level})}
              data-testid={`break-story-${level}`}
            />
            <Text size={1}>
              <strong>{levelTitles[level]}</strong>: {levelMeanings[level]}
            </Text>
          </Flex>
        ))}
      </Stack>
    </fieldset>
  )
}

/** The banner that would go up, as readers' pages know it. */
function bannerOf(
  {headline, level, minutes}: BreakingForm,
  {
    leaseId,
    startsAt,
    storySlug,
  }: {leaseId: string; startsAt: string; storySlug: string | undefined},
): Banner {
  const length = Number.isFinite(minutes) ? minutes : 0
  const until = storedTimeOf(new Date(Date.parse(startsAt) + length * minute))
  return {
    _id: leaseId,
    kind: 'news',
    level,
    text: headline.trim() || '…',
    startsAt,
    until,
    storySlug,
  }
}
