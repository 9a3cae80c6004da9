import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {importStory} from '../../ingest/importStory.ts'
import type {Clock} from '../../lake/environment.ts'
import type {Lake} from '../../lake/server.ts'
import {createLakeClient} from '../../queries/client.ts'
import type {LakeSettings} from '../config.ts'

const fileName = 'kerry-in-moscow.txt'
const firstStory = join(import.meta.dirname, '..', '..', 'ingest', 'fixtures', fileName)

const importer = {userId: 'importer', displayName: 'Import', role: 'administrator'}

/** Imports and publishes the Kerry story into a dataset that never held anything. */
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
  await client.createIfNotExists({
    _id: 'siteSettings',
    _type: 'siteSettings',
    title: 'Dateline',
    publisher: 'Dateline',
    breakingMinutes: 30,
    updateLabelHours: 24,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  const {sentence} = await importStory({
    client,
    text: await readFile(firstStory, 'utf8'),
    options: {fileName, now: clock.now(), language: 'en'},
    publish: true,
    by: importer.userId,
  })
  announce(sentence)
}
