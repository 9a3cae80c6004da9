import {Card, Stack, Text} from '@sanity/ui'

import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import type {ChangeMeanwhile} from './changesSince.ts'
import {useChangeSentences} from './useChangeSentences.ts'

/** Why something did not happen. */
export type Problem =
  | {kind: 'failed'; sentence: string}
  | {kind: 'meanwhile'; changes: ChangeMeanwhile[]}

/** Says why something did not happen, and that nothing was changed. */
export function ProblemDialog({
  title,
  problem,
  onClose,
}: {
  title: string
  problem: Problem
  onClose: () => void
}) {
  return (
    <NewsroomDialog testId="problem" title={title} onClose={onClose}>
      <ProblemNotice problem={problem} />
    </NewsroomDialog>
  )
}

/** The same, inside a dialog that offers a way on. */
export function ProblemNotice({problem}: {problem: Problem}) {
  return (
    <Card
      padding={4}
      radius={2}
      border
      tone={problem.kind === 'failed' ? 'critical' : 'caution'}
      role="alert"
      data-testid={`problem-${problem.kind}`}
    >
      {problem.kind === 'failed' ? (
        <Text size={1}>{problem.sentence}</Text>
      ) : (
        <Meanwhile changes={problem.changes} />
      )}
    </Card>
  )
}

function Meanwhile({changes}: {changes: ChangeMeanwhile[]}) {
  const sentences = useChangeSentences(changes)
  return (
    <Stack gap={3}>
      <Text size={1} weight="semibold">
        Nothing was done, because the story changed meanwhile.
      </Text>
      {sentences.map((sentence) => (
        <Text key={sentence} size={1}>
          {sentence}
        </Text>
      ))}
    </Stack>
  )
}
