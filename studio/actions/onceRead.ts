import {NextStep} from '../workflow/StepActions.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'
import {wrapping} from './wrapped.ts'

/**
 * A story's action, for people who have seen that it is there. When the story moves on, another action takes the place of
 * the one that somebody is about to click, and a second click of an impatient hand would take it. While the story is being
 * loaded the menu has none: line by line, each would push those under it aside.
 */
export const onceRead = wrapping((action) => {
  return function OnceRead(props) {
    const desk = useStoryDesk()
    const description = action(props)
    if (description === null || desk === undefined) return description
    if (desk.stage === undefined) return action === NextStep ? description : null
    if (!desk.hasJustMoved) return description
    return {...description, disabled: true, title: 'The story has just moved on: look again.'}
  }
})
