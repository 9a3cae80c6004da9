/** A thread that answers queries of one dataset, one at a time, by a connection of its own. */
import {parentPort, workerData} from 'node:worker_threads'

import {LakeError} from '../../errors.ts'
import {prepareQuery} from '../../query/run.ts'
import {openReader} from '../../store/database.ts'
import {DatasetReader} from '../../store/datasetReader.ts'
import {KeyIndexes} from '../../store/keyIndexes.ts'
import {threadData, type Answered, type Question, type Reply} from './messages.ts'

const {file, projectId, dataset} = threadData.parse(workerData)
const database = openReader(file)
const indexes = new KeyIndexes(database)
const reader = new DatasetReader(database, indexes)

parentPort?.on('message', (question: Question) => {
  reply(question).then((answer) => parentPort?.postMessage(answer))
})

async function reply(question: Question): Promise<Reply> {
  try {
    return {answered: await answer(question)}
  } catch (error) {
    if (!(error instanceof LakeError)) {
      return {unexpected: error instanceof Error ? (error.stack ?? error.message) : String(error)}
    }
    const {code, status, message, body} = error
    return {told: {code, status, message, body: JSON.stringify(body)}}
  }
}

async function answer({request, ...asker}: Question): Promise<Answered> {
  const query = prepareQuery(request)
  const viewed = await reader.view((source) => {
    // In the view itself: an index may be given up at any moment.
    indexes.refresh()
    return query.write({source, projectId, dataset, ...asker})
  })
  return {outcome: viewed.answer, plans: viewed.plans}
}
