import {readdir} from 'node:fs/promises'

import {expect, test} from 'vitest'

import {temporaryFolder} from './support/files.ts'
import {startProduct} from './support/product.ts'

const env = {SANITY_STUDIO_LAKE: 'hosted', SANITY_STUDIO_PROJECT_ID: 'datelinehostedtest'}

test(
  "with Sanity's lake no embedded one starts, and what cannot be had from there is said",
  {timeout: 120_000},
  async () => {
    const cwd = temporaryFolder()
    const {origin, script, stop} = await startProduct([], {cwd, env})
    expect(script.out()).toContain(
      [
        '',
        "  Dateline is running on Sanity's hosted Content Lake.",
        '',
        `  Site      ${origin}/`,
        `  Studio    ${origin}/studio`,
        '  Lake      project datelinehostedtest, dataset production',
        '',
        '  Stop:     Ctrl-C',
        '',
      ].join('\n'),
    )

    const studio = await fetch(`${origin}/studio`)
    expect([studio.status, await studio.text()]).toEqual([
      200,
      expect.stringContaining('<title>Dateline</title>'),
    ])
    expect(studio.headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://*.sanity.io wss://*.sanity.io;",
    )

    const health = await fetch(`${origin}/healthz`)
    expect([health.status, await health.json()]).toEqual([
      503,
      {
        ready: false,
        reason:
          "Sanity's Content Lake does not answer for project datelinehostedtest, dataset production.",
      },
    ])
    const page = await fetch(`${origin}/`)
    expect([page.status, await page.text()]).toEqual([
      503,
      expect.stringContaining('The news cannot be reached just now'),
    ])
    expect((await fetch(`${origin}/v2025-02-19/users/me`)).status).not.toBe(401)

    expect(await readdir(cwd)).toEqual([])
    expect(await stop()).toMatchObject({code: 0})
  },
)
