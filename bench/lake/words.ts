/** `10,000 stories` */
export function amongStories(stories: number): string {
  return `${stories.toLocaleString('en')} stories`
}
