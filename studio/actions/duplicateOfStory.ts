import type {DuplicateDocumentActionComponent} from 'sanity'

import {wrapping} from './wrapped.ts'
import {copyOfStory} from './copyOfStory.ts'

/** The stock Duplicate, whose copy starts its own life: see `copyOfStory`. */
export const duplicateOfStory = wrapping((stock: DuplicateDocumentActionComponent) => {
  return function DuplicateStory(props) {
    return stock({...props, mapDocument: copyOfStory})
  }
})
