import {useEffect, useMemo, useRef, useState} from 'react'
import {useClient, type SanityDocument} from 'sanity'

import {
  fetchSurroundings,
  previewOfTyped,
  referredTo,
  type Surroundings,
} from '../../queries/typedPreview.ts'
import {apiVersion, studioSettings} from '../currentSettings.ts'
import {lakeTime} from '../publishing/storyAsRead.ts'
import {sentenceOf} from '../StudioError.ts'
import {previewPage} from './previewPage.ts'

/** A page at most so often: the first stroke is shown at once, those of fast typing are gathered. */
const pageMilliseconds = 150

/** Saves in a row bring nothing new around the story; the last of them is asked about. */
const savesMilliseconds = 300

export type StoryPage =
  | {state: 'loading' | 'ready'; html: string | undefined; isStale: boolean}
  | {state: 'failed'; sentence: string; html: string | undefined; isStale: boolean}
  | {state: 'empty'}

type Answer = {story: SanityDocument; html: string | undefined; sentence?: string}

/** `at` is when it was begun. */
type Made = Answer & {at: number}

/**
 * The HTML of the site's page for a story as it stands in the form, typed letters included: the site's own query, answered
 * here from the story and what surrounds it. The lake is asked for the surroundings when the story opens, when it refers to
 * something else, and after a save. The page before stays until the next one is there.
 */
export function useStoryPage(story: SanityDocument | null | undefined): StoryPage {
  const surroundings = useSurroundings(story)
  const [made, setMade] = useState<Made>()
  const begun = useRef(-Infinity)
  useEffect(() => {
    if (!story || surroundings.state === 'loading') return undefined
    const make = async () => {
      const at = performance.now()
      begun.current = at
      const next = await pageOf(story, surroundings)
      // A page that a stroke has overtaken is shown all the same; one that another page has overtaken is not.
      setMade((before) =>
        before && before.at > at ? before : {...next, at, html: next.html ?? before?.html},
      )
    }
    const wait = begun.current + pageMilliseconds - performance.now()
    const timer = setTimeout(() => void make(), Math.max(0, wait))
    return () => clearTimeout(timer)
  }, [story, surroundings])

  if (!story) return {state: 'empty'}
  if (made === undefined) return {state: 'loading', html: undefined, isStale: true}
  const {html, sentence} = made
  const isStale = made.story !== story
  return sentence === undefined
    ? {state: 'ready', html, isStale}
    : {state: 'failed', sentence, html, isStale}
}

async function pageOf(story: SanityDocument, around: Known): Promise<Answer> {
  if (around.state === 'failed') return {story, html: undefined, sentence: around.sentence}
  try {
    const now = new Date(Date.now() + around.ahead)
    const answer = await previewOfTyped(story, around.surroundings, now)
    return {
      story,
      html: previewPage(answer, now, {...studioSettings, siteUrl: location.origin}),
    }
  } catch (error) {
    return {story, html: undefined, sentence: sentenceOf(error)}
  }
}

type Known =
  | {state: 'ready'; surroundings: Surroundings; ahead: number}
  | {state: 'failed'; sentence: string}

/** What surrounds the story, and how far the lake's clock is before this machine's. */
function useSurroundings(story: SanityDocument | null | undefined): Known | {state: 'loading'} {
  const client = useClient({apiVersion})
  const [known, setKnown] = useState<Known | {state: 'loading'}>({state: 'loading'})
  const revision = story?._rev
  const references = useMemo(() => referredTo(story).join(' '), [story])
  useEffect(() => {
    if (revision === undefined) return undefined
    let current = true
    const ask = async () => {
      try {
        const now = await lakeTime(client)
        const ids = references.split(' ').map((_ref) => ({_ref}))
        const surroundings = await fetchSurroundings(client, ids, now)
        if (current) setKnown({state: 'ready', surroundings, ahead: now.getTime() - Date.now()})
      } catch (error) {
        if (current) setKnown({state: 'failed', sentence: sentenceOf(error)})
      }
    }
    const timer = setTimeout(() => void ask(), savesMilliseconds)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, revision, references])
  return known
}
