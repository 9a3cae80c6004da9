import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {captureToStory} from '../../ingest/capture.ts'
import {storyDocuments} from '../../ingest/storyDocuments.ts'
import {findings} from './validate.ts'

const now = new Date('2026-11-24T14:05:00.000Z')
const fixtures = new URL('../../ingest/fixtures/', import.meta.url)
const captures = readdirSync(fixtures, {recursive: true, encoding: 'utf8'}).filter((name) =>
  name.endsWith('.txt'),
)

describe('an imported story gives its editor warnings, and an error only where it has no lede', () => {
  test.each(captures)('%s', async (fileName) => {
    const captured = captureToStory(readFileSync(new URL(fileName, fixtures), 'utf8'), {
      fileName: 'capture.txt',
      now,
    })
    const {story, state, receipt} = storyDocuments(captured, {publish: false, now, by: 'import'})
    const known = [{_id: captured.article._id}]
    const found = [
      ...(await findings(story, known)),
      ...(await findings(state, known)),
      ...(await findings(receipt, known)),
    ]
    expect(found.filter((finding) => finding.startsWith('error'))).toEqual(
      captured.article.lede?.length
        ? []
        : [
            'error lede: Write at least one paragraph: the story cannot be published without a lede.',
          ],
    )
  })
})
