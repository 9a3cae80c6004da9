import {Box, Flex} from '@sanity/ui'
import type {NavbarProps} from 'sanity'

import {BreakingChip} from './breaking/BreakingChip.tsx'

/** The Studio's navbar, and in it what is breaking, so that nobody forgets; on a narrow screen it has a line of its own. */
export function NewsroomNavbar(props: NavbarProps) {
  return (
    <Flex direction={['column', 'column', 'row']}>
      <Box flex={1} style={{minWidth: 0}}>
        {props.renderDefault(props)}
      </Box>
      <BreakingChip />
    </Flex>
  )
}
