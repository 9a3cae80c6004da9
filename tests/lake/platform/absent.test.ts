import {afterAll, beforeAll, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let token: string

beforeAll(async () => {
  lake = await startLake()
  token = await lake.tokenFor('administrator')
})
afterAll(() => lake.close())

/** What the Studio, the client and the published specifications name, and this lake does not have. */
test.each([
  '/agent/org/bundles/mine/listen',
  '/agent/action/generate/production',
  '/agent/prompt',
  '/access/requests/me',
  '/access/project/testing/requests',
  '/activity?limit=1',
  '/assets/images/production/from-url',
  '/assets/files/production/from-url',
  '/assets/media-library-link/production',
  '/assist/studio-to-canvas/production',
  '/auth/fetch?sid=abc',
  '/auth/login/google',
  '/collaboration/comments',
  '/comments/production/setup',
  '/dashboards',
  '/data/history/production/transactions',
  '/datasets/production/settings/embeddings',
  '/datasets/other',
  '/descriptors/claim',
  '/embeddings-index/production',
  '/geoip/country',
  '/hooks/projects/testing',
  '/jobs/1/listen',
  '/media-libraries?organizationId=o',
  '/organizations/o/grants',
  '/projects/testing/acl/u',
  '/projects/testing/cors',
  '/projects/testing/datasets/production/backups',
  '/projects/testing/datasets/production/copy',
  '/projects/testing/datasets/production/grants',
  '/projects/testing/datasets/production/settings/indexing',
  '/projects/testing/datasets/production/tags',
  '/projects/testing/invitations',
  '/projects/testing/new-content-release-allowed',
  '/projects/testing/permissions',
  '/projects/testing/tags',
  '/projects/testing/tokens',
  '/projects/testing/user-applications/a/config/live-manifest',
  '/projects/testing/users/u',
  '/provision/abc/lookup',
  '/publish/testing/production',
  '/schedules/testing/production/s1',
  '/socket/production',
  '/subscriptions/project/testing',
  '/unpublish/testing/production',
])('%s is answered with 404 and the reason', async (path) => {
  const {status, body} = await ask(lake, `/v2025-02-19${path}`, {token})

  const [named = ''] = path.split('?')
  expect([status, body]).toEqual([
    404,
    {
      statusCode: 404,
      error: 'Not Found',
      message: expect.stringMatching(/^There is no endpoint GET .+ here\. [A-Z].+\.$/),
    },
  ])
  expect(lake.lake.ledger.entries().find((entry) => entry.path === named)?.reason).toMatch(/\.$/)
})
