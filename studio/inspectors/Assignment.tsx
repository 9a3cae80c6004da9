import {Box, Button, Card, Flex, Select, Stack, Text, TextInput} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useId, useState, type FormEvent} from 'react'
import {
  LoadingBlock,
  useClient,
  useCurrentUser,
  useUserListWithPermissions,
  type DocumentInspectorProps,
} from 'sanity'
import {DocumentInspectorHeader} from 'sanity/structure'

import {allowed} from '../../editorial/allowed.ts'
import {documentId as idOf, type EditorialState} from '../../editorial/documents.ts'
import {storedTimeFrom, wallTime} from '../../editorial/newsroomTime.ts'
import {apiVersion} from '../currentSettings.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {dueIn} from '../desk/rowDetail.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {sentenceOf} from '../StudioError.ts'
import {useStoryState} from '../useStoryState.ts'
import {assignStory} from './assignStory.ts'

/** Who looks after a story, and until when: set here, logged, and seen on their desk at once. */
export function Assignment({documentId, onClose}: DocumentInspectorProps) {
  const listened = useStoryState(documentId)
  const people = usePeople()
  return (
    <Flex direction="column" height="fill" overflow="hidden" data-testid="assignment">
      <DocumentInspectorHeader
        title="Assignment"
        closeButtonLabel="Close the assignment"
        onClose={onClose}
      />
      <Box flex={1} overflow="auto">
        {listened.state === 'loading' && <LoadingBlock title="Loading the assignment …" showText />}
        {listened.state === 'failed' && (
          <Box padding={4}>
            <Text as="p" muted size={1} role="alert">
              It cannot be read who looks after this story. It is tried again every few seconds.
            </Text>
          </Box>
        )}
        {listened.state === 'ready' && (
          <AssignmentForm
            // What somebody else sets meanwhile is what the form speaks of.
            key={listened.value?._rev ?? ''}
            articleId={idOf.published(documentId)}
            state={listened.value}
            people={people}
          />
        )}
      </Box>
    </Flex>
  )
}

type Person = {id: string; name: string}

function usePeople(): Person[] {
  const {data} = useUserListWithPermissions({documentValue: null, permission: 'read'})
  return (data ?? []).map(({id, displayName}) => ({id, name: displayName ?? id}))
}

function AssignmentForm({
  articleId,
  state,
  people,
}: {
  articleId: string
  state: EditorialState | null
  people: readonly Person[]
}) {
  const client = useClient({apiVersion})
  const {push} = useToast()
  const me = useCurrentUser()?.id ?? ''
  const role = useNewsroomRole()
  const clock = useNewsroomClock()
  const ids = {person: useId(), due: useId(), hint: useId(), reason: useId()}
  const was = {
    assignee: state?.assignee ?? '',
    due: state?.dueAt === undefined ? '' : wallTime(new Date(state.dueAt), clock.timeZone),
  }
  const [assignee, setAssignee] = useState(was.assignee)
  // Undefined while nobody has touched it: the newsroom's zone may come after the form.
  const [written, setWritten] = useState<string>()
  const due = written ?? was.due
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  const dueAt = due === '' ? null : storedTimeFrom(due, clock.timeZone)
  const may = allowed(state?.stage ?? 'draft', role, 'assign', {
    now: clock.now,
    by: me,
    draft: undefined,
  })
  const forbidden = may === true ? undefined : may
  const nothingNew = assignee === was.assignee && due === was.due
  const reason =
    forbidden ??
    (dueAt === undefined
      ? 'The due time is not complete. Give a day and a time, or empty it.'
      : nothingNew
        ? 'Choose somebody else or another time to change the assignment.'
        : undefined)

  const assign = async (event: FormEvent) => {
    event.preventDefault()
    if (reason !== undefined || busy || dueAt === undefined) return
    setBusy(true)
    setProblem(undefined)
    try {
      const change = {
        ...(assignee === was.assignee ? {} : {assignee: assignee || null}),
        ...(due === was.due ? {} : {dueAt}),
      }
      await assignStory({client, articleId, by: me, role, timeZone: clock.timeZone, change})
      const name = people.find(({id}) => id === assignee)?.name
      push({
        status: 'success',
        title: name ? `${name} looks after this story now.` : 'The assignment is changed.',
      })
    } catch (error) {
      setProblem(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Stack as="form" gap={5} padding={4} onSubmit={assign}>
      <Stack gap={3}>
        <Text as="label" htmlFor={ids.person} size={1} weight="medium">
          Assigned to
        </Text>
        <Select
          id={ids.person}
          disabled={forbidden !== undefined}
          value={assignee}
          onChange={(event) => setAssignee(event.currentTarget.value)}
        >
          <option value="">Nobody</option>
          {options(people, was.assignee).map(({id, name}) => (
            <option key={id} value={id}>
              {id === me ? `${name} (you)` : name}
            </option>
          ))}
        </Select>
      </Stack>
      <Stack gap={3}>
        <Text as="label" htmlFor={ids.due} size={1} weight="medium">
          Due
        </Text>
        <TextInput
          id={ids.due}
          type="datetime-local"
          aria-describedby={ids.hint}
          disabled={forbidden !== undefined}
          value={due}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <Text id={ids.hint} muted size={1}>
          {state?.dueAt !== undefined && due === was.due
            ? `${dueIn(state.dueAt, clock)} · ${clock.times.full(state.dueAt)}`
            : `In the newsroom’s time: ${clock.timeZone}. Leave it empty if there is no hurry.`}
        </Text>
      </Stack>
      {problem !== undefined && (
        <Card border padding={3} radius={2} role="alert" tone="critical">
          <Text size={1}>{problem}</Text>
        </Card>
      )}
      <Stack gap={3}>
        <Button
          type="submit"
          text="Assign"
          tone="primary"
          loading={busy}
          disabled={reason !== undefined}
          aria-describedby={ids.reason}
          data-testid="assignment-confirm"
        />
        <Text id={ids.reason} muted size={1}>
          {reason}
        </Text>
      </Stack>
    </Stack>
  )
}

/** Everybody in the newsroom, and whoever looks after the story though they have left it. */
function options(people: readonly Person[], assignee: string): Person[] {
  const isKnown = assignee === '' || people.some(({id}) => id === assignee)
  return isKnown ? [...people] : [...people, {id: assignee, name: 'Somebody who has left'}]
}
