import type {DocumentActionComponent} from 'sanity'

import {besideForm} from './besideForm.ts'
import {BreakStory} from './BreakStory.tsx'
import {DeleteStory} from './DeleteStory.tsx'
import {duplicateOfStory} from './duplicateOfStory.ts'
import {onceRead} from './onceRead.ts'
import {ExtendBreakingOfStory} from './ExtendBreaking.tsx'
import {EndBreakingLease, EndBreakingOfStory} from './EndBreaking.tsx'
import {whileWritable} from './whileWritable.ts'
import {NextStep, stepsInMenu} from '../workflow/StepActions.ts'

type StockAction = NonNullable<DocumentActionComponent['action']>

/** Stock actions that a newsroom's plain documents keep, in the Studio's order. */
const plain: readonly StockAction[] = [
  'publish',
  'discardChanges',
  'unpublish',
  'duplicate',
  'delete',
  'restore',
]

/** There is one of each, so it is neither taken away nor copied. */
const singleton: readonly StockAction[] = ['publish', 'discardChanges', 'restore']

/**
 * The actions of a document by its type: the steps of the workflow and breaking on stories, stock ones on
 * what stories refer to, and none on documents that only our dialogs write.
 */
export function actionsFor(
  schemaType: string,
  stock: readonly DocumentActionComponent[],
): DocumentActionComponent[] {
  const only = (names: readonly StockAction[]) =>
    stock.filter(({action}) => action !== undefined && names.includes(action))
  switch (schemaType) {
    case 'article':
      return [
        NextStep,
        ...stepsInMenu.first,
        BreakStory,
        ExtendBreakingOfStory,
        EndBreakingOfStory,
        ...stepsInMenu.last,
        ...only(['discardChanges']).map(whileWritable),
        ...only(['duplicate']).map(duplicateOfStory),
        DeleteStory,
        ...only(['restore']).map(whileWritable),
      ]
        .map(onceRead)
        .map(besideForm)
    case 'breakingNews':
      return [EndBreakingLease]
    case 'author':
    case 'topic':
      return only(plain)
    case 'siteSettings':
      return only(singleton)
    default:
      return []
  }
}
