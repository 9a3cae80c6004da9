import {Badge, Box, Card, Flex, Grid, Radio, Stack, Text, TextInput} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {uuid} from '@sanity/uuid'
import {useEffect, useId, useState} from 'react'
import {useClient, useCurrentUser} from 'sanity'

import {breakStory, levelTitles, longestLeaseHeadline} from '../../editorial/breaking.ts'
import {leaseLevels, type BreakingNews, type LeaseLevel} from '../../editorial/documents.ts'
import {apiVersion} from '../currentSettings.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {useFocusOnMount} from '../dialog/useFocusOnMount.ts'
import {ProblemNotice, type Problem} from '../publishing/ProblemDialog.tsx'
import {transact} from '../publishing/publishStory.ts'
import {lakeTime} from '../publishing/storyAsRead.ts'
import {isRevisionConflict, sentenceOf} from '../StudioError.ts'
import {
  firstForm,
  formReason,
  levelMeanings,
  minutesLeft,
  type BreakingForm,
} from './breakingRequest.ts'
import {readDesk, type DeskAsRead} from './deskAsRead.ts'

/** Puts a story before readers as breaking news, after showing what is there already and what they will see. */
export function BreakStoryDialog({
  articleId,
  story,
  isLive,
  onClose,
}: {
  articleId: string
  story: {headline?: unknown; shortHeadline?: unknown} | null
  isLive: boolean
  onClose: () => void
}) {
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id
  const {push} = useToast()
  // Kept for retries, so that a second try never makes a second banner.
  const [leaseId] = useState(() => uuid())
  const [desk, setDesk] = useState<DeskAsRead>()
  const [form, setForm] = useState<BreakingForm>()
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)

  const mustLook = desk === undefined && problem === undefined
  useEffect(() => {
    if (!mustLook) return undefined
    let current = true
    const look = async () => {
      try {
        const read = await readDesk(client)
        if (!current) return
        setDesk(read)
        setForm((filled) => filled ?? firstForm(story, read.defaultMinutes))
      } catch (error) {
        if (current) setProblem({kind: 'failed', sentence: sentenceOf(error)})
      }
    }
    void look()
    return () => {
      current = false
    }
  }, [mustLook, client, story])

  const lookAgain = () => {
    setDesk(undefined)
    setProblem(undefined)
  }

  const confirm = async (seen: DeskAsRead, filled: BreakingForm) => {
    setSending(true)
    try {
      const now = await lakeTime(client)
      const {mutations} = breakStory({
        ...filled,
        article: {_id: articleId},
        now,
        by: by ?? 'unknown',
        leaseId,
        deskRevision: seen.deskRevision,
        live: seen.live,
      })
      await transact(client, mutations, 'break-story')
      push({status: 'success', title: `Readers see “${filled.headline.trim()}” now.`})
      onClose()
    } catch (error) {
      setProblem({
        kind: 'failed',
        sentence: isRevisionConflict(error)
          ? 'Somebody else moved breaking news a moment ago, so nothing was sent. Look at what is live now and decide again.'
          : sentenceOf(error),
      })
    }
    setSending(false)
  }

  if (problem !== undefined) {
    return (
      <NewsroomDialog
        key="problem"
        testId="break-story"
        title="The story was not broken"
        confirm={{text: 'Look again'}}
        onConfirm={lookAgain}
        onClose={onClose}
      >
        <ProblemNotice problem={problem} />
      </NewsroomDialog>
    )
  }
  const reason = form === undefined ? 'Looking at what is live …' : formReason(form)
  return (
    <NewsroomDialog
      key="form"
      testId="break-story"
      title="Break this story"
      confirm={{
        text: 'Show it to readers now',
        disabledReason: sending ? undefined : reason,
        busy: sending,
      }}
      onConfirm={() => {
        if (desk && form) void confirm(desk, form)
      }}
      onClose={onClose}
    >
      {desk && <LiveAlready leases={desk.live} now={desk.now} />}
      {!isLive && (
        <Card padding={3} radius={2} border tone="caution" data-testid="break-story-not-live">
          <Text size={1}>
            Readers cannot open this story yet. The banner will stand there without a link until you
            publish it.
          </Text>
        </Card>
      )}
      {form && <BreakingFields form={form} onChange={setForm} />}
    </NewsroomDialog>
  )
}

function LiveAlready({leases, now}: {leases: readonly BreakingNews[]; now: Date}) {
  if (leases.length === 0) {
    return (
      <Text size={1} muted data-testid="break-story-live">
        Nothing is breaking now.
      </Text>
    )
  }
  return (
    <Stack gap={3} data-testid="break-story-live">
      <Text size={1} weight="medium">
        Readers see this already
      </Text>
      {leases.map((lease) => (
        <Flex key={lease._id} gap={3} align="center">
          <Badge tone={levelTone[lease.level]}>{levelTitles[lease.level]}</Badge>
          <Box flex={1}>
            <Text size={1} textOverflow="ellipsis">
              {lease.headline}
            </Text>
          </Box>
          <Text size={1} muted style={{fontVariantNumeric: 'tabular-nums'}}>
            {minutesLeft(lease.until, now)} min left
          </Text>
        </Flex>
      ))}
    </Stack>
  )
}

const levelTone = {flash: 'critical', breaking: 'critical', developing: 'caution'} as const

function BreakingFields({
  form,
  onChange,
}: {
  form: BreakingForm
  onChange: (form: BreakingForm) => void
}) {
  const id = useId()
  const focus = useFocusOnMount<HTMLInputElement>()
  return (
    <>
      <Stack gap={3}>
        <Text as="label" htmlFor={`${id}-headline`} size={1} weight="medium">
          What the banner says
        </Text>
        <TextInput
          id={`${id}-headline`}
          ref={focus}
          maxLength={longestLeaseHeadline}
          value={form.headline}
          onChange={({currentTarget}) => onChange({...form, headline: currentTarget.value})}
          data-testid="break-story-headline"
        />
        <Text size={1} muted style={{fontVariantNumeric: 'tabular-nums'}}>
          {longestLeaseHeadline - form.headline.length} characters left
        </Text>
      </Stack>
      <fieldset style={{border: 0, margin: 0, padding: 0}}>
        <legend style={{padding: 0, marginBottom: '0.75rem'}}>
          <Text size={1} weight="medium">
            How urgent it is
          </Text>
        </legend>
        <Stack gap={3}>
          {leaseLevels.map((level) => (
            <Level key={level} level={level} form={form} onChange={onChange} />
          ))}
        </Stack>
      </fieldset>
      <Grid gridTemplateColumns={2} gap={4}>
        <Stack gap={3}>
          <Text as="label" htmlFor={`${id}-minutes`} size={1} weight="medium">
            For how many minutes
          </Text>
          <TextInput
            id={`${id}-minutes`}
            type="number"
            min={1}
            max={720}
            value={Number.isFinite(form.minutes) ? form.minutes : ''}
            onChange={({currentTarget}) =>
              onChange({...form, minutes: currentTarget.valueAsNumber})
            }
            style={{fontVariantNumeric: 'tabular-nums'}}
            data-testid="break-story-minutes"
          />
        </Stack>
      </Grid>
      <Stack gap={3}>
        <Text size={1} weight="medium">
          Readers will see
        </Text>
        <Card
          padding={3}
          radius={2}
          tone={levelTone[form.level]}
          border
          data-testid="break-story-banner"
        >
          <Flex gap={3} align="center">
            <Text size={1} weight="semibold">
              {levelTitles[form.level]}
            </Text>
            <Text size={1}>{form.headline || '…'}</Text>
          </Flex>
        </Card>
      </Stack>
    </>
  )
}

function Level({
  level,
  form,
  onChange,
}: {
  level: LeaseLevel
  form: BreakingForm
  onChange: (form: BreakingForm) => void
}) {
  const id = useId()
  return (
    <Flex as="label" htmlFor={id} gap={3} align="center">
      <Radio
        id={id}
        name="level"
        value={level}
        checked={form.level === level}
        onChange={() => onChange({...form, level})}
        data-testid={`break-story-${level}`}
      />
      <Text size={1}>
        <strong>{levelTitles[level]}</strong> · {levelMeanings[level]}
      </Text>
    </Flex>
  )
}
