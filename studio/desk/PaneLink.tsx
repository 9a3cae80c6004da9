import {createContext, use, type ComponentProps, type ReactNode} from 'react'
import {PreviewCard} from 'sanity'
import {usePaneRouter, type PaneRouterContextValue} from 'sanity/structure'

import {TabStop} from './RowList.tsx'

/** A row that opens its pane beside the list, looking and behaving like the rows of Sanity's own lists. */
export function PaneLink({
  childId,
  isOpen,
  isActive,
  children,
}: {
  childId: string
  /** Whether this row's pane is the one that is open. */
  isOpen: boolean
  /** Whether the list is where the editor is at work. */
  isActive: boolean
  children: ReactNode
}) {
  const stop = use(TabStop)
  return (
    <ChildId value={childId}>
      <PreviewCard
        __unstable_focusRing
        as={RowLink}
        data-as="a"
        data-testid={`desk-link-${childId}`}
        pressed={isOpen && !isActive}
        radius={2}
        selected={isOpen && isActive}
        sizing="border"
        tabIndex={stop.id === childId ? 0 : -1}
        onFocus={() => stop.take(childId)}
        tone="inherit"
      >
        {children}
      </PreviewCard>
    </ChildId>
  )
}

const ChildId = createContext('')

type ChildLink = ComponentProps<PaneRouterContextValue['ChildLink']>

/** The card's element: a link to the pane of the row that it stands in. */
function RowLink(props: Omit<ChildLink, 'childId'>) {
  const {ChildLink} = usePaneRouter()
  return <ChildLink {...props} childId={use(ChildId)} />
}
