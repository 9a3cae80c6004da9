import {BreakDialog} from '../breaking/BreakDialog.tsx'
import {EndDialog} from '../breaking/EndDialog.tsx'
import type {DeskDialogRequest} from './deskContext.ts'
import {GiveUpDialog} from './GiveUpDialog.tsx'
import {LinkDialog} from './LinkDialog.tsx'
import {StartNowDialog} from './StartNowDialog.tsx'
import {StepProblem} from './StepProblem.tsx'
import {WithdrawDialog} from './WithdrawDialog.tsx'

export function DeskDialog({request, onClose}: {request: DeskDialogRequest; onClose: () => void}) {
  switch (request.kind) {
    case 'flash':
      return <BreakDialog when="now" {...request.flash} onClose={onClose} />
    case 'plan':
      return <BreakDialog when="later" onClose={onClose} />
    case 'end':
      return <EndDialog {...request} onClose={onClose} />
    case 'link':
      return <LinkDialog {...request} onClose={onClose} />
    case 'withdraw':
      return <WithdrawDialog {...request} onClose={onClose} />
    case 'giveUp':
      return <GiveUpDialog {...request} onClose={onClose} />
    case 'startNow':
      return <StartNowDialog {...request} onClose={onClose} />
    case 'problem':
      return <StepProblem {...request} onClose={onClose} />
  }
}
