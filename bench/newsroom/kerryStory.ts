import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Article} from '../../editorial/documents.ts'
import {captureToStory} from '../../ingest/capture.ts'
import {storyDocuments} from '../../ingest/storyDocuments.ts'

const fileName = 'kerry-in-moscow.txt'
const file = join(import.meta.dirname, '..', '..', 'ingest', 'fixtures', fileName)

/** The published Kerry story as `npm run import-story` makes it: the shape that generated stories take. */
export function kerryStory(now: Date): Article {
  const captured = captureToStory(readFileSync(file, 'utf8'), {fileName, now, language: 'en'})
  return storyDocuments(captured, {publish: true, now, by: 'bench'}).story
}
