import {Card, Text} from '@sanity/ui'

import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {BreakingFields} from './BreakingFields.tsx'
import {DialogNotice} from './DialogNotice.tsx'
import {ExtendOrAdd} from './ExtendOrAdd.tsx'
import {LiveAlready} from './LiveAlready.tsx'
import {useBreakDialog, type BreakDialogProps} from './useBreakDialog.ts'
import {headingOf, WhatIsUp} from './WhatIsUp.tsx'

/**
 * Puts a banner before readers now, or plans one for later, after showing what is live already and what readers will
 * see. What was typed stays, whatever goes wrong and whoever moves breaking news meanwhile.
 */
export function BreakDialog(props: BreakDialogProps) {
  const dialog = useBreakDialog(props)
  const {desk, form, found, own} = dialog
  if (found !== undefined) {
    return (
      <NewsroomDialog
        key="found"
        testId="break-story"
        title={headingOf(found.planned, found.over)}
        onClose={props.onClose}
      >
        <WhatIsUp up={found} />
      </NewsroomDialog>
    )
  }
  return (
    <NewsroomDialog
      key="form"
      testId="break-story"
      title={titleOf(props)}
      width={2}
      confirm={dialog.confirm}
      onConfirm={dialog.onConfirm}
      onClose={props.onClose}
    >
      <DialogNotice problem={dialog.problem} steps={dialog.steps} />
      {desk && <LiveAlready desk={desk} />}
      {own && (
        <Card padding={4} radius={2} border tone="caution" data-testid="break-story-own">
          <Text size={1}>
            This story is up already, and a story has one banner at a time. Extend that one.
          </Text>
        </Card>
      )}
      {desk && dialog.asks && <ExtendOrAdd dialog={dialog} live={desk.live} />}
      {form && typeof dialog.choice !== 'object' && (
        <BreakingFields dialog={dialog} form={form} {...props} />
      )}
    </NewsroomDialog>
  )
}

function titleOf({story, when}: BreakDialogProps): string {
  if (when === 'later') return 'Plan breaking news'
  return story === undefined ? 'New flash' : 'Break this story'
}
