/** `npm run import-story`: captured news pages into the newsroom, on either lake. */
import {captureToStory} from '../ingest/capture.ts'
import {importStory, refuseUnplaced} from '../ingest/importStory.ts'
import {storyDocuments} from '../ingest/storyDocuments.ts'
import {readLakeSettings} from './config.ts'
import {readCaptureFile} from './importing/captureFile.ts'
import {readImportConfig, type ImportConfig} from './importing/importConfig.ts'
import {jsonOf, reasonOf, summaryOf, type FileReport} from './importing/report.ts'
import {exitWithSentence} from './sentence.ts'
import type {OpenedLake} from './openedLake.ts'
import {pastGuards} from './importing/pastGuards.ts'

try {
  const config = readImportConfig(process.argv.slice(2))
  const lake = config.dryRun ? undefined : await openLake(config)
  try {
    for (const file of config.files) await importFile(file, config, lake)
  } finally {
    await lake?.close()
  }
} catch (error) {
  exitWithSentence(error)
}

/** Imports one file. A file that cannot be imported is told of, and the others go on. */
async function importFile(file: string, config: ImportConfig, lake?: OpenedLake): Promise<void> {
  try {
    const {text, fileName} = await readCaptureFile(file)
    const options = {...config.source, fileName, now: new Date()}
    const captured = captureToStory(text, options)
    if (!config.allowUnplaced && captured.unplaced.length > 0) {
      print({file, sentence: 'The story was not imported.', captured, documents: []}, config)
      refuseUnplaced(captured)
    }
    const report: FileReport = lake
      ? {file, ...(await importStory({...config, ...importing(lake, fileName), text, options}))}
      : {
          file,
          sentence: 'Nothing was written: this was a dry run.',
          captured,
          documents: Object.values(
            storyDocuments(captured, {publish: config.publish, now: options.now, by: 'import'}),
          ),
        }
    print(report, config)
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    console.error(`${file}: ${reason}`)
    process.exitCode = 1
  }
}

/** Sanity's lake has no guards of ours. */
function importing({client, by}: OpenedLake, fileName: string) {
  const embedded = readLakeSettings().lake === 'embedded'
  return {by, client: embedded ? pastGuards(client, `Import of ${fileName}`) : client}
}

function print(report: FileReport, {json}: ImportConfig): void {
  console.log(json ? jsonOf(report) : summaryOf(report))
  if (json) console.error(`${report.file}: ${report.sentence}`)
}

/** Loaded only when there is something to write: a dry run needs neither server nor data folder. */
async function openLake({dataDirectory}: ImportConfig): Promise<OpenedLake> {
  const {openConfiguredLake} = await import('./openedLake.ts')
  return await openConfiguredLake(readLakeSettings(), dataDirectory, 'import-story')
}
