/**
 * Why nothing is there to extend or to end. Both stand in the menu all the same: were they to come and go with the
 * banner, the open menu would move under the pointer and a click would hit the line beside.
 */
export const notUp = 'Readers do not see this story as breaking news now.'
