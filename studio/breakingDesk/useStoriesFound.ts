import {useEffect, useState} from 'react'
import {useClient} from 'sanity'

import {findStories, type FoundStory} from '../../queries/storySearch.ts'
import {apiVersion} from '../currentSettings.ts'

/** Whoever types is not asked for in the middle of a word, in milliseconds. */
const pause = 200

export type StoriesFound =
  | {state: 'loading'}
  | {state: 'failed'}
  | {state: 'ready'; stories: readonly FoundStory[]}

/** The stories for what is typed, a moment after it was. The last ones stay until the next are there. */
export function useStoriesFound(typed: string): StoriesFound {
  const client = useClient({apiVersion})
  const [found, setFound] = useState<StoriesFound>({state: 'loading'})
  useEffect(() => {
    let current = true
    const search = async () => {
      try {
        const stories = await findStories(client, typed)
        if (current) setFound({state: 'ready', stories})
      } catch {
        if (current) setFound({state: 'failed'})
      }
    }
    const timer = setTimeout(() => void search(), pause)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, typed])
  return found
}
