/** What a webhook can be told of, as the Studio names it. */
export const webhookEventTitles = [
  {title: 'Breaking news', value: 'breaking'},
  {title: 'Breaking news is withdrawn', value: 'withdrawn'},
  {title: 'A story is published', value: 'publish'},
  {title: 'A story is updated', value: 'update'},
  {title: 'A story is corrected or clarified', value: 'correction'},
  {title: 'A story is killed', value: 'kill'},
]
