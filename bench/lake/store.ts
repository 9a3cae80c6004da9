import {statSync} from 'node:fs'

import {openDataset} from '../../lake/documents/openDataset.ts'
import type {NewsroomFolder} from './engine/dataFolder.ts'
import {benchCallers, benchEnvironment} from './engine/environment.ts'
import {figureOf, noFindings, type Findings} from './figures.ts'
import {amongStories} from './words.ts'
import {worksAmong} from './works.ts'

const openings = 7

/** How large the file of a newsroom is, and how long it takes until its first question is answered. */
export async function measureStore({file, stories}: NewsroomFolder): Promise<Findings> {
  const findings = noFindings()
  const opened: number[] = []
  const answered: number[] = []
  for (let opening = 0; opening < openings; opening++) {
    const environment = benchEnvironment()
    const {reader} = benchCallers(environment)
    const began = performance.now()
    const dataset = await openDataset({name: 'production', projectId: 'bench', file, environment})
    opened.push(performance.now() - began)
    for (const {name, query, params} of worksAmong(stories)) {
      if (name === 'slug') await dataset.query({query, params, perspective: ['published']}, reader)
    }
    answered.push(performance.now() - began)
    await dataset.close()
  }
  const among = amongStories(stories)
  findings.figures.push(
    figureOf(`opening a dataset, ${among}`, opened),
    figureOf(`opening a dataset until a story is answered, ${among}`, answered),
  )
  const bytes = Math.round(statSync(file).size / stories)
  findings.remarks.push({
    what: `size of the file, ${among}`,
    value: `${bytes.toLocaleString('en')} bytes a story, all that stands around it included`,
  })
  return findings
}
