import {Button, Dialog, Flex, Stack, Text} from '@sanity/ui'
import {Tooltip} from '@sanity/ui/tooltip'
import {useEffect, useId, useRef, type FormEvent, type ReactNode, type RefObject} from 'react'
import {LegacyLayerProvider} from 'sanity'

import {useReturnedFocus} from './useReturnedFocus.ts'

type ConfirmButton = {
  text: string
  /** Why the button cannot be pressed now, as a sentence; absent when it can. */
  disabledReason?: string | undefined
  busy?: boolean
}

/**
 * A dialog with one primary button. It takes the focus when it opens and gives it back when it closes; Enter
 * confirms (Control or Command with Enter in a text that has lines), Escape closes.
 */
export function NewsroomDialog({
  testId,
  title,
  children,
  confirm,
  cancelText = 'Cancel',
  width = 1,
  onConfirm,
  onClose,
}: {
  testId: string
  title: string
  children: ReactNode
  confirm?: ConfirmButton
  cancelText?: string
  /** In Sanity UI's steps. */
  width?: 1 | 2
  onConfirm?: () => void
  onClose: () => void
}) {
  const formId = useId()
  const form = useRef<HTMLFormElement>(null)
  const confirmButton = useRef<HTMLButtonElement>(null)
  useReturnedFocus()
  useEffect(() => {
    // After the dialog itself, which takes the focus for its close button. Fields take it by themselves.
    const frame = requestAnimationFrame(() => {
      if (form.current?.querySelector('input, textarea') === null) confirmButton.current?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  const ready = confirm !== undefined && !confirm.disabledReason && !confirm.busy
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onConfirm?.()
  }
  return (
    <LegacyLayerProvider zOffset="fullscreen">
      <Dialog
        id={`${formId}-dialog`}
        data-testid={testId}
        header={title}
        width={width}
        onClose={onClose}
        footer={
          <Flex gap={3} justify="flex-end" padding={3}>
            <Button
              data-testid={`${testId}-cancel`}
              mode="bleed"
              text={confirm === undefined ? 'Close' : cancelText}
              onClick={onClose}
              type="button"
            />
            {confirm !== undefined && (
              <ConfirmButtonView
                buttonRef={confirmButton}
                formId={formId}
                testId={testId}
                {...confirm}
              />
            )}
          </Flex>
        }
      >
        <form id={formId} ref={form} onSubmit={submit}>
          <Stack gap={5} padding={4}>
            {children}
          </Stack>
        </form>
      </Dialog>
    </LegacyLayerProvider>
  )
}

function ConfirmButtonView({
  buttonRef,
  formId,
  testId,
  text,
  disabledReason,
  busy = false,
}: ConfirmButton & {
  buttonRef: RefObject<HTMLButtonElement | null>
  formId: string
  testId: string
}) {
  const reasonId = useId()
  const button = (
    <Button
      ref={buttonRef}
      data-testid={`${testId}-confirm`}
      form={formId}
      type="submit"
      // The plain tone: white on Sanity UI's green and red is under the contrast of 4.5 to 1 that text needs.
      tone="default"
      text={text}
      loading={busy}
      // Disabled in a way that keeps the button in the tab order, so that its reason can be reached.
      aria-disabled={disabledReason !== undefined || busy}
      aria-describedby={disabledReason === undefined ? undefined : reasonId}
      style={disabledReason === undefined ? undefined : {opacity: 0.5, cursor: 'not-allowed'}}
    />
  )
  // It stays the same element when the reason comes or goes: it may have the focus, or be under a click just then.
  return (
    <Flex align="center" gap={3}>
      {disabledReason !== undefined && (
        <Text as="output" size={1} muted id={reasonId} data-testid={`${testId}-reason`}>
          {disabledReason}
        </Text>
      )}
      <Tooltip
        content={<Text size={1}>{disabledReason}</Text>}
        disabled={disabledReason === undefined}
        portal
      >
        <div>{button}</div>
      </Tooltip>
    </Flex>
  )
}
