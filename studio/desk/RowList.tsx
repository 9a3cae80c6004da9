import {Stack} from '@sanity/ui'
import {createContext, useMemo, useState, type KeyboardEvent, type ReactNode} from 'react'

/** Which row of a list Tab leads to, and a way to say that another one has the focus now. */
export const TabStop = createContext<{id: string | undefined; take: (id: string) => void}>({
  id: undefined,
  take: () => {},
})

/**
 * Rows that are links. Tab leads into the list and out of it again; arrows, Home and End choose a row, Enter opens it.
 * `ids` are those of the rows in their order, `openId` that of the row whose pane is open.
 */
export function RowList({
  label,
  ids,
  openId,
  children,
}: {
  label: string
  ids: readonly string[]
  openId: string | undefined
  children: ReactNode
}) {
  const [taken, take] = useState<string>()
  const id = [taken, openId].find((one) => one !== undefined && ids.includes(one)) ?? ids[0]
  const stop = useMemo(() => ({id, take}), [id])
  return (
    <TabStop value={stop}>
      <Stack
        as="ul"
        aria-label={label}
        gap={1}
        paddingX={3}
        paddingBottom={2}
        onKeyDown={chooseRow}
        style={{listStyle: 'none', margin: 0}}
      >
        {children}
      </Stack>
    </TabStop>
  )
}

function chooseRow(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[href]')]
  const place = links.findIndex((link) => link === document.activeElement)
  const next = targetOf(event.key, place, links.length)
  if (place === -1 || next === undefined) return
  event.preventDefault()
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus()
}

function targetOf(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return place + 1
    case 'ArrowUp':
      return place - 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
