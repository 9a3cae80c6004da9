import {whyReadOnly} from '../../editorial/editing.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'
import {wrapping} from './wrapped.ts'

/** A stock action that writes a story's text, for as long as its form takes words: see `whyReadOnly`. */
export const whileWritable = wrapping((stock) => {
  return function WhileWritable(props) {
    const desk = useStoryDesk()
    const action = stock(props)
    const reason = desk?.stage === undefined ? undefined : whyReadOnly(desk.stage, desk.role)
    return action && reason !== undefined ? {...action, disabled: true, title: reason} : action
  }
})
