import {useToast} from '@sanity/ui/toast'
import {useEffect} from 'react'
import type {LayoutProps} from 'sanity'

import {EndingNotices} from './breaking/EndingNotices.tsx'
import {studioSettings} from './currentSettings.ts'
import {useFocusInMenus} from './useFocusInMenus.ts'

const noticeSeen = 'dateline.hostedNoticeSeen'

/** The Studio around everything else: whose breaking news ends soon is asked here, and on a hosted lake it says once what the newsroom's roles cannot hold there. */
export function NewsroomLayout(props: LayoutProps) {
  const {push} = useToast()
  useFocusInMenus()
  useEffect(() => {
    if (studioSettings.lake !== 'hosted' || localStorage.getItem(noticeSeen) !== null) return
    push({
      id: noticeSeen,
      status: 'info',
      title: 'Newsroom roles on a hosted lake',
      description:
        'This Studio and the scripts keep to the newsroom’s roles. Sanity’s lake does not know them: someone with a token and their own program is not held by them.',
      closable: true,
      duration: 60_000,
    })
    localStorage.setItem(noticeSeen, new Date().toISOString())
  }, [push])
  return (
    <>
      {props.renderDefault(props)}
      <EndingNotices />
    </>
  )
}
