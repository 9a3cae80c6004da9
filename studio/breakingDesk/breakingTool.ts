import {BoltIcon} from '@sanity/icons/Bolt'
import type {Tool} from 'sanity'

import {BreakingDesk} from './BreakingDesk.tsx'

/** The name of the breaking desk among the Studio's tools; its path, too. */
export const breakingToolName = 'breaking'

/** The breaking desk: what readers are told now, by whom, and the buttons to change it. */
export const breakingTool: Tool = {
  name: breakingToolName,
  title: 'Breaking',
  icon: BoltIcon,
  component: BreakingDesk,
}
