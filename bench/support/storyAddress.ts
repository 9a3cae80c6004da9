/** The address of the story that a new newsroom starts with. */
export async function storyAddress(origin: string): Promise<string> {
  const page = await (await fetch(`${origin}/`)).text()
  const path = /href="(?:https?:\/\/[^/"]+)?(\/a\/[^"]+)"/.exec(page)?.[1]
  if (path === undefined) throw new Error('The front page leads to no story.')
  return `${origin}${path}`
}
