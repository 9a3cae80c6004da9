import {allowed} from '../../editorial/allowed.ts'
import type {StoryDesk} from './storyDesk.ts'
import type {StoryStep} from './storySteps.ts'
import type {Answers} from './takeStep.ts'

/** Why a step cannot be taken now, in the rules' own sentence; undefined when it can. */
export function refusalOf(
  {stage, role, facts}: Pick<StoryDesk, 'stage' | 'role' | 'facts'>,
  step: StoryStep,
  {note, reason, notice, at}: Answers = {},
): string | undefined {
  if (stage === undefined) return 'The story is still being loaded.'
  const answer = allowed(stage, role, step, {...facts, note, reason, notice, at})
  return answer === true ? undefined : answer
}
