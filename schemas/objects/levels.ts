/** How urgent breaking news is, most urgent first, with the words that readers see. */
export const levels = [
  {title: 'Flash', value: 'flash'},
  {title: 'Breaking News', value: 'breaking'},
  {title: 'Developing', value: 'developing'},
]
