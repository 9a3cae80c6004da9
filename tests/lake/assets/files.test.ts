import {describe, expect, test} from 'vitest'

import {client, get, lake, sha1} from './pictures.ts'

describe('a file', () => {
  test('is saved, not shown, when a browser could run it', async () => {
    const page = Buffer.from('<script>alert(1)</script>')

    const {path, _id, _type, url} = await client.assets.upload('file', page, {
      filename: 'page.html',
      contentType: 'text/html',
    })

    expect([_id, _type, url]).toEqual([
      `file-${sha1(page)}-html`,
      'sanity.fileAsset',
      `${lake.url}/files/testing/production/${sha1(page)}.html`,
    ])
    const response = await get(`/${path}`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': `attachment; filename="page.html"; filename*=UTF-8''page.html`,
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
    })
  })

  test('can be read in parts, as players and readers do', async () => {
    const sound = Buffer.from('0123456789')
    const {path} = await client.assets.upload('file', sound, {
      filename: 'sound.mp3',
      contentType: 'audio/mpeg',
    })

    const parts = await Promise.all(
      ['bytes=0-3', 'bytes=7-', 'bytes=-2', 'bytes=4-99', 'bytes=20-', 'bytes=0-1,3-4'].map(
        async (range) => {
          const response = await get(`/${path}`, {range})
          return [response.status, response.headers.get('content-range'), await response.text()]
        },
      ),
    )

    expect(parts).toEqual([
      [206, 'bytes 0-3/10', '0123'],
      [206, 'bytes 7-9/10', '789'],
      [206, 'bytes 8-9/10', '89'],
      [206, 'bytes 4-9/10', '456789'],
      [416, 'bytes */10', ''],
      [200, null, '0123456789'],
    ])
    expect((await get(`/${path}`)).headers.get('content-disposition')).toMatch(/^inline/)
  })
})
