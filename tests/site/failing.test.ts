import {expect, test} from 'vitest'

import {createSite} from '../../site/app.ts'
import {memoryLake} from '../queries/support/memoryLake.ts'
import {articleDocument, noon, settingsDocument} from '../queries/support/stories.ts'

test('a page that cannot be made says so under the newsroom’s name, is logged and never kept', async () => {
  const lake = memoryLake(settingsDocument(), articleDocument('one'))
  const log: string[] = []
  const keep = (_fields: object, message: string) => log.push(message)
  const site = createSite({
    client: lake.client,
    clock: {now: () => new Date(noon)},
    logger: {warn: keep, error: keep},
    siteUrl: 'https://news.example',
  })
  const get = async () => await site.fetch(new Request('https://news.example/a/one'))
  expect((await get()).status).toBe(200)

  lake.refuse(true)
  const answer = await get()
  const page = await answer.text()
  expect(answer.status).toBe(500)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(page).toContain('The Harbour Post')
  expect(page).toContain('This page could not be made')
  expect(page).not.toContain('Refused by the test')
  expect(log).toEqual(['A page could not be made.'])
  site.close()
})
