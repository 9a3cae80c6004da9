import sharp from 'sharp'
import {describe, expect, test} from 'vitest'

import {client, lake, look, quarters, sha1} from './pictures.ts'

const red = {r: 220, g: 20, b: 30}

describe('uploading a picture', () => {
  test('makes a document with exactly the fields of the specification', async () => {
    const bytes = await sharp({create: {width: 60, height: 40, channels: 3, background: red}})
      .png()
      .toBuffer()
    const hash = sha1(bytes)

    const document = await client.assets.upload('image', bytes, {
      filename: 'Fähre.png',
      title: 'A ferry',
      description: 'Red.',
      creditLine: 'Photo: Ada',
      label: 'lead',
      source: {id: '42', name: 'agency', url: 'https://agency.example/42'},
    })

    expect(document).toEqual({
      _id: `image-${hash}-60x40-png`,
      _type: 'sanity.imageAsset',
      _rev: expect.any(String),
      _createdAt: expect.stringMatching(/Z$/),
      _updatedAt: expect.stringMatching(/Z$/),
      assetId: hash,
      sha1hash: hash,
      extension: 'png',
      mimeType: 'image/png',
      size: bytes.byteLength,
      originalFilename: 'Fähre.png',
      uploadId: expect.any(String),
      path: `images/testing/production/${hash}-60x40.png`,
      url: `${lake.url}/images/testing/production/${hash}-60x40.png`,
      title: 'A ferry',
      description: 'Red.',
      creditLine: 'Photo: Ada',
      label: 'lead',
      source: {id: '42', name: 'agency', url: 'https://agency.example/42'},
      metadata: {
        _type: 'sanity.imageMetadata',
        hasAlpha: false,
        isOpaque: true,
        dimensions: {_type: 'sanity.imageDimensions', width: 60, height: 40, aspectRatio: 1.5},
        lqip: expect.stringMatching(/^data:image\/jpeg;base64,/),
        palette: {
          _type: 'sanity.imagePalette',
          dominant: {
            _type: 'sanity.imagePaletteSwatch',
            background: '#dc141e',
            foreground: '#fff',
            title: '#fff',
            population: 100,
          },
          vibrant: expect.objectContaining({background: '#dc141e'}),
        },
      },
    })
    expect(await client.getDocument(document._id)).toEqual(document)
  })

  test('of the same bytes twice, even at once, makes one asset', async () => {
    const bytes = await quarters(40, 20)

    const [first, second] = await Promise.all([
      client.assets.upload('image', bytes, {filename: 'one.png'}),
      client.assets.upload('image', bytes, {filename: 'two.png'}),
    ])

    expect(second).toEqual(first)
    expect(await client.fetch('count(*[sha1hash == $hash])', {hash: sha1(bytes)})).toBe(1)
  })

  test('measures it as it is seen, turned as its EXIF orientation says', async () => {
    const bytes = await sharp(await quarters(400, 200))
      .jpeg()
      .withMetadata({orientation: 6})
      .toBuffer()

    const {_id, path, metadata} = await client.assets.upload('image', bytes)

    expect(_id).toBe(`image-${sha1(bytes)}-200x400-jpg`)
    expect(metadata.dimensions).toMatchObject({width: 200, height: 400, aspectRatio: 0.5})
    // A quarter turn to the right brings the lower left corner, blue, to the upper left.
    expect(
      await look(`/${path}?w=100`, [
        [10, 10],
        [90, 10],
        [10, 90],
        [90, 90],
      ]),
    ).toEqual({
      width: 100,
      height: 200,
      colours: ['blue', 'red', 'white', 'green'],
    })
  })

  test('tells whether it can be seen through', async () => {
    const clear = await sharp({create: {width: 10, height: 10, channels: 4, background: '#f008'}})
      .png()
      .toBuffer()
    const solid = await sharp({create: {width: 10, height: 10, channels: 4, background: '#f00f'}})
      .png()
      .toBuffer()

    const metadata = await Promise.all(
      [clear, solid].map(async (bytes) => (await client.assets.upload('image', bytes)).metadata),
    )

    expect(metadata.map(({hasAlpha, isOpaque}) => ({hasAlpha, isOpaque}))).toEqual([
      {hasAlpha: true, isOpaque: false},
      {hasAlpha: true, isOpaque: true},
    ])
    expect(metadata[0]?.lqip).toMatch(/^data:image\/png;/)
  })

  test('leaves out what is not asked for', async () => {
    const bytes = await quarters(20, 20)

    const {metadata} = await client.assets.upload('image', bytes, {extract: []})

    expect(metadata).not.toHaveProperty('palette')
    expect(metadata).not.toHaveProperty('lqip')
  })

  test.each([
    ['text', Buffer.from('not a picture'), 'image', 400, 'JPEG, PNG, WebP'],
    ['half a picture', null, 'image', 400, 'JPEG, PNG, WebP'],
    ['nothing', Buffer.alloc(0), 'file', 400, 'The upload is empty'],
  ] as const)(
    'refuses %s with 400 and a sentence',
    async (_case, given, kind, status, sentence) => {
      const bytes = given ?? (await quarters()).subarray(0, 60)
      const token = await lake.tokenFor('editor')

      const response = await fetch(`${lake.url}/v2025-02-19/assets/${kind}s/production`, {
        method: 'POST',
        headers: {authorization: `Bearer ${token}`},
        body: new Uint8Array(bytes),
      })

      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject({
        statusCode: status,
        message: expect.stringContaining(sentence),
      })
    },
  )

  test('refuses more than 256 MB before taking a byte', async () => {
    const token = await lake.tokenFor('editor')
    const response = await lake.lake.fetch(
      new Request(`${lake.url}/v2025-02-19/assets/files/production`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          host: new URL(lake.url).host,
          'content-length': String(300 * 1024 * 1024),
        },
        body: 'only the beginning',
      }),
    )

    expect(response.status).toBe(413)
  })

  test('is not for viewers, nor for nobody', async () => {
    const bytes = await quarters(30, 30)
    const viewer = await lake.clientFor('viewer')

    await expect(viewer.assets.upload('image', bytes)).rejects.toMatchObject({statusCode: 403})
    await expect(lake.anonymousClient().assets.upload('image', bytes)).rejects.toMatchObject({
      statusCode: 401,
    })
    expect(await client.fetch('count(*[sha1hash == $hash])', {hash: sha1(bytes)})).toBe(0)
  })
})
