import {createContext, use} from 'react'

import type {DeskLease, DeskPlan} from '../../queries/breakingDesk.ts'
import type {NewsroomClock} from '../desk/newsroomClock.ts'
import type {NewFlash} from './newFlash.ts'

/** A dialog over the desk, with the item as it was when it opened. `seen` is of its log (`SeenLease`). */
export type DeskDialogRequest =
  | {kind: 'flash'; flash?: NewFlash}
  | {kind: 'plan'}
  | {kind: 'end' | 'link'; lease: DeskLease; seen: string}
  | {kind: 'withdraw'; lease: DeskLease}
  | {kind: 'giveUp' | 'startNow'; plan: DeskPlan; seen: string}
  | {kind: 'problem'; error: unknown; flash: NewFlash}

/** What the parts of the breaking desk share. */
export type DeskContext = {
  /** Whether the person may move breaking news. */
  may: boolean
  /** Opens a dialog over the desk, where it stays when its item goes. */
  open: (dialog: DeskDialogRequest) => void
  nameOf: (userId: string | undefined) => string
  /** The newsroom's zone and way of telling times. */
  clock: NewsroomClock
  /** How far the lake's clock is before this machine's, in milliseconds. */
  ahead: number
}

const Context = createContext<DeskContext | undefined>(undefined)

export const DeskProvider = Context.Provider

export function useDesk(): DeskContext {
  const desk = use(Context)
  if (desk === undefined) throw new Error('This stands outside of the breaking desk.')
  return desk
}

/** A name at the beginning of a sentence: "You", "Anna Petrova". */
export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
