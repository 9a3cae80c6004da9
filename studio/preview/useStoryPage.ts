import {useEffect, useState} from 'react'
import {useClient} from 'sanity'

import {fetchPreview} from '../../queries/preview.ts'
import {apiVersion, studioSettings} from '../currentSettings.ts'
import {lakeTime} from '../publishing/storyAsRead.ts'
import {sentenceOf} from '../StudioError.ts'
import {previewPage} from './previewPage.ts'

/** Long enough to gather the saves of a typing burst, short enough to feel immediate. */
const pauseMilliseconds = 300

export type StoryPage =
  | {state: 'loading' | 'ready'; html: string | undefined; isStale: boolean}
  | {state: 'failed'; sentence: string; html: string | undefined; isStale: boolean}
  | {state: 'empty'}

/**
 * The HTML of the site's page for a story as saved, made again when `revision` changes. The page before stays
 * until the next one is there.
 */
export function useStoryPage(articleId: string, revision: string | undefined): StoryPage {
  const client = useClient({apiVersion})
  const [made, setMade] = useState<{
    revision: string
    html: string | undefined
    sentence?: string
  }>()
  useEffect(() => {
    if (revision === undefined) return undefined
    let current = true
    const make = async () => {
      try {
        const now = await lakeTime(client)
        const answer = await fetchPreview(client, articleId, now)
        if (current)
          setMade({
            revision,
            html: previewPage(answer, now, {...studioSettings, siteUrl: location.origin}),
          })
      } catch (error) {
        if (!current) return
        setMade((before) => ({revision, html: before?.html, sentence: sentenceOf(error)}))
      }
    }
    const timer = setTimeout(() => void make(), pauseMilliseconds)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, articleId, revision])

  if (revision === undefined) return {state: 'empty'}
  if (made === undefined) return {state: 'loading', html: undefined, isStale: true}
  const {html, sentence} = made
  const isStale = made.revision !== revision
  return sentence === undefined
    ? {state: 'ready', html, isStale}
    : {state: 'failed', sentence, html, isStale}
}
