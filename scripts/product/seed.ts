import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {importStory, type ImportClient} from '../../ingest/importStory.ts'
import type {Clock} from '../../lake/environment.ts'
import type {Lake} from '../../lake/server.ts'
import {createLakeClient} from '../../queries/client.ts'
import type {LakeSettings} from '../config.ts'
import {pastGuards} from '../importing/pastGuards.ts'

const fileName = 'kerry-in-moscow.txt'
const firstStory = join(import.meta.dirname, '..', '..', 'ingest', 'fixtures', fileName)

const importer = {userId: 'importer', displayName: 'Import', role: 'administrator'}

/**
 * Imports and publishes the Kerry story into a dataset that never held anything. Story and newsroom settings
 * come in one transaction: a process that is killed leaves either an empty newsroom, seeded next time, or a whole one.
 */
export async function seedFirstStory(
  lake: Lake,
  settings: LakeSettings,
  environment: {clock: Clock; announce: (sentence: string) => void; origin: string},
): Promise<void> {
  const {projectId, dataset} = settings
  if (lake.dataset(dataset).lastSequence() > 0) return
  const {clock, announce, origin} = environment
  const inProcess = lake.internalFetch(importer)
  const client = createLakeClient({
    lake: 'embedded',
    projectId,
    dataset,
    apiHost: origin,
    perspective: 'raw',
    resolveFetch: () => inProcess,
  })
  announce('The newsroom is empty: importing and publishing its first story …')
  const {sentence} = await importStory({
    client: withSettings(pastGuards(client, 'The first story of an empty newsroom')),
    text: await readFile(firstStory, 'utf8'),
    options: {fileName, now: clock.now(), language: 'en'},
    publish: true,
    by: importer.userId,
  })
  announce(sentence)
}

function withSettings(client: ImportClient): ImportClient {
  const newsroomSettings = {
    _id: 'siteSettings',
    _type: 'siteSettings',
    title: 'Dateline',
    publisher: 'Dateline',
    breakingMinutes: 30,
    updateLabelHours: 24,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
  return {
    ...client,
    mutate: (mutations, options) =>
      client.mutate([{create: newsroomSettings}, ...mutations], options),
  }
}
