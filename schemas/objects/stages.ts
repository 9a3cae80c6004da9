/** Where a story can stand, in the order it gets there, with the words that people use. */
export const stages = [
  {title: 'Draft', value: 'draft'},
  {title: 'In review', value: 'review'},
  {title: 'Returned', value: 'returned'},
  {title: 'Approved', value: 'approved'},
  {title: 'Scheduled', value: 'scheduled'},
  {title: 'Live', value: 'live'},
  {title: 'Killed', value: 'killed'},
] as const
