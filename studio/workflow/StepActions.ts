import type {DocumentActionComponent, DocumentActionDescription} from 'sanity'

import {refusalOf} from './refusal.ts'
import {useStoryDesk, type StoryDesk} from './storyDesk.ts'
import {inMenu, menuSteps, nextStep, wordsOf, type StoryStep} from './storySteps.ts'

/** The primary button of a story: the step that comes next where it stands. */
export const NextStep: DocumentActionComponent = () => {
  const desk = useStoryDesk()
  if (desk === undefined) return null
  const {stage, role, facts} = desk
  if (stage === undefined) {
    return {label: 'Loading …', disabled: true, title: 'The story is still being loaded.'}
  }
  return described(desk, nextStep(stage, role, facts))
}
NextStep.displayName = 'NextStep'

/** The steps of the menu that stand over the actions of breaking news, and those under them. */
export const stepsInMenu: {
  first: readonly DocumentActionComponent[]
  last: readonly DocumentActionComponent[]
} = {first: menuSteps.first.map(menuStep), last: menuSteps.last.map(menuStep)}

function menuStep(step: StoryStep): DocumentActionComponent {
  const MenuStep: DocumentActionComponent = () => {
    const desk = useStoryDesk()
    if (desk?.stage === undefined) return null
    const {stage, role, facts, labelled} = desk
    if (!inMenu(step, stage, nextStep(stage, role, facts))) return null
    if (step === 'clearUpdateLabel' && !labelled) return null
    return described(desk, step)
  }
  MenuStep.displayName = `Step ${step}`
  return MenuStep
}

function described(desk: StoryDesk, step: StoryStep): DocumentActionDescription {
  const {stage = 'draft', working, settled, take} = desk
  const words = wordsOf(step, stage)
  const common = {icon: words.icon, ...(words.tone && {tone: words.tone})}
  if (working !== undefined) {
    const label = working === step ? words.working : words.label
    return {...common, label, disabled: true, title: 'One moment: a step is under way.'}
  }
  const refusal = refusalOf(desk, step)
  if (refusal !== undefined) return {...common, label: words.label, disabled: true, title: refusal}
  return {
    ...common,
    label: words.label,
    ...(words.shortcut && {shortcut: words.shortcut}),
    ...(settled.saved ? {} : {title: 'Your last changes are being saved first.'}),
    onHandle: () => take(step),
  }
}
