import {createHash} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
})

afterAll(() => lake.close())

const red = {r: 220, g: 20, b: 30}

/** A picture in four quarters: red, green, blue and white, so that crops and turns can be told apart. */
async function quarters(width = 400, height = 200): Promise<Buffer> {
  const part = (background: string) =>
    sharp({create: {width: width / 2, height: height / 2, channels: 3, background}})
      .png()
      .toBuffer()
  const [a, b, c, d] = await Promise.all(['#ff0000', '#00ff00', '#0000ff', '#ffffff'].map(part))
  return await sharp({create: {width, height, channels: 3, background: '#000'}})
    .composite([
      {input: a, left: 0, top: 0},
      {input: b, left: width / 2, top: 0},
      {input: c, left: 0, top: height / 2},
      {input: d, left: width / 2, top: height / 2},
    ])
    .png()
    .toBuffer()
}

function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}

async function get(path: string, headers: {[name: string]: string} = {}): Promise<Response> {
  return await fetch(new URL(path, lake.url), {headers})
}

/** The answer to an image's address: its size and the colour of a point, by its place in per cent. */
async function look(path: string, points: [number, number][] = []) {
  const response = await get(path)
  expect({path, status: response.status}).toEqual({path, status: 200})
  const bytes = Buffer.from(await response.arrayBuffer())
  const {data, info} = await sharp(bytes).ensureAlpha().raw().toBuffer({resolveWithObject: true})
  const colours = points.map(([x, y]) => {
    const column = Math.min(info.width - 1, Math.floor((x / 100) * info.width))
    const row = Math.min(info.height - 1, Math.floor((y / 100) * info.height))
    const at = (row * info.width + column) * 4
    return nameOf([...data.subarray(at, at + 4)])
  })
  return {width: info.width, height: info.height, colours}
}

function nameOf([red = 0, green = 0, blue = 0, alpha = 0]: number[]): string {
  if (alpha < 128) return 'clear'
  const bright = (value: number) => value > 128
  const names: {[key: string]: string} = {
    'true,false,false': 'red',
    'false,true,false': 'green',
    'false,false,true': 'blue',
    'true,true,true': 'white',
    'false,false,false': 'black',
  }
  return names[String([red, green, blue].map(bright))] ?? 'other'
}

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

describe('an image address', () => {
  let path: string

  beforeAll(async () => {
    path = `/${(await client.assets.upload('image', await quarters())).path}`
  })

  test('without parameters answers the file as it was uploaded, to be kept for ever', async () => {
    const response = await get(path)

    expect(Buffer.from(await response.arrayBuffer()).equals(await quarters())).toBe(true)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/^"[a-f0-9]{40}"$/),
    })
    const known = await get(path, {'if-none-match': response.headers.get('etag') ?? ''})
    expect(known.status).toBe(304)
  })

  test.each<[string, {width: number; height: number; colours: string[]}]>([
    ['w=100', {width: 100, height: 50, colours: ['red', 'green', 'blue', 'white']}],
    ['h=100', {width: 200, height: 100, colours: ['red', 'green', 'blue', 'white']}],
    ['w=100&h=100', {width: 100, height: 50, colours: ['red', 'green', 'blue', 'white']}],
    ['w=800', {width: 800, height: 400, colours: ['red', 'green', 'blue', 'white']}],
    ['w=800&fit=max', {width: 400, height: 200, colours: ['red', 'green', 'blue', 'white']}],
    [
      'w=100&h=100&fit=scale',
      {width: 100, height: 100, colours: ['red', 'green', 'blue', 'white']},
    ],
    ['w=100&h=100&fit=crop', {width: 100, height: 100, colours: ['red', 'green', 'blue', 'white']}],
    [
      'w=80&h=80&fit=crop&crop=left',
      {width: 80, height: 80, colours: ['red', 'red', 'blue', 'blue']},
    ],
    [
      'w=80&h=80&fit=crop&crop=right',
      {width: 80, height: 80, colours: ['green', 'green', 'white', 'white']},
    ],
    [
      'w=80&h=20&fit=crop&crop=top',
      {width: 80, height: 20, colours: ['red', 'green', 'red', 'green']},
    ],
    [
      'w=80&h=20&fit=crop&crop=bottom',
      {width: 80, height: 20, colours: ['blue', 'white', 'blue', 'white']},
    ],
    [
      'w=50&h=50&fit=crop&crop=focalpoint&fp-x=0.9&fp-y=0.5',
      {width: 50, height: 50, colours: ['green', 'green', 'white', 'white']},
    ],
    [
      'w=50&h=50&fit=crop&dpr=2',
      {width: 100, height: 100, colours: ['red', 'green', 'blue', 'white']},
    ],
    ['w=800&h=800&fit=min', {width: 200, height: 200, colours: ['red', 'green', 'blue', 'white']}],
    [
      'w=100&h=100&fit=fill&bg=000000',
      {width: 100, height: 100, colours: ['black', 'black', 'black', 'black']},
    ],
    [
      'rect=200,0,200,100',
      {width: 200, height: 100, colours: ['green', 'green', 'green', 'green']},
    ],
    ['rect=0,0,200,200&w=50', {width: 50, height: 50, colours: ['red', 'red', 'blue', 'blue']}],
    [
      'rect=300,100,9999,9999',
      {width: 100, height: 100, colours: ['white', 'white', 'white', 'white']},
    ],
    ['or=90', {width: 200, height: 400, colours: ['blue', 'red', 'white', 'green']}],
    ['flip=h', {width: 400, height: 200, colours: ['green', 'red', 'white', 'blue']}],
    ['flip=v&w=40', {width: 40, height: 20, colours: ['blue', 'white', 'red', 'green']}],
    ['max-w=100', {width: 100, height: 50, colours: ['red', 'green', 'blue', 'white']}],
    ['w=40&pad=10&bg=000', {width: 60, height: 40, colours: ['black', 'black', 'black', 'black']}],
    ['w=100&unknown=1&blur=', {width: 100, height: 50, colours: ['red', 'green', 'blue', 'white']}],
  ])('understands %s', async (search, expected) => {
    expect(
      await look(`${path}?${search}`, [
        [10, 10],
        [90, 10],
        [10, 90],
        [90, 90],
      ]),
    ).toEqual(expected)
  })

  test.each([
    ['fm=jpg', 'image/jpeg', 'jpeg'],
    ['fm=pjpg', 'image/jpeg', 'jpeg'],
    ['fm=webp', 'image/webp', 'webp'],
    ['fm=avif&w=50', 'image/avif', 'heif'],
    ['fm=png', 'image/png', 'png'],
    ['w=50&blur=50&sharp=20&sat=-100&invert=true&q=10', 'image/png', 'png'],
    ['w=60&h=60&fit=crop&crop=entropy', 'image/png', 'png'],
  ])('answers %s as %s', async (search, mimeType, format) => {
    const response = await get(`${path}?${search}`)

    expect(response.headers.get('content-type')).toBe(mimeType)
    const found = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
    expect(found.format).toBe(format)
  })

  test('chooses the format by what the browser takes, and says so to caches', async () => {
    const webp = await get(`${path}?w=50&auto=format`, {accept: 'image/avif,image/webp,*/*'})
    const png = await get(`${path}?w=50&auto=format`, {accept: 'image/png'})

    expect([webp, png].map(({headers}) => headers.get('content-type'))).toEqual([
      'image/webp',
      'image/png',
    ])
    expect(webp.headers.get('vary')).toContain('Accept')
    expect(webp.headers.get('etag')).not.toBe(png.headers.get('etag'))
  })

  test.each([
    ['w=abc', 'w must be a whole number of pixels.'],
    ['w=0', 'w must be at least 1 pixel.'],
    ['w=100000', 'w must be at most 8192 pixels.'],
    ['w=8000&dpr=3', 'no side may be longer than 8192'],
    ['h=8192&fit=clip', 'no side may be longer than 8192'],
    ['rect=1,2,3', 'rect must be left,top,width,height in whole pixels.'],
    ['rect=0,0,0,0', 'rect must be at least 1 pixel wide and high.'],
    ['fit=stretch', 'fit must be one of clip, crop'],
    ['fm=bmp', 'fm must be one of jpg'],
    ['q=101', 'q must be a number from 0 to 100.'],
    ['bg=red', 'bg must be a colour'],
    ['fp-x=2', 'fp-x must be a number from 0 to 1.'],
  ])('refuses %s with 400 and a sentence', async (search, sentence) => {
    const response = await get(`${path}?${search}`)

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({message: expect.stringContaining(sentence)})
  })

  test('saves under a name with dl', async () => {
    const response = await get(`${path}?w=50&dl=Fähre.png`)

    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="F_hre.png"; filename*=UTF-8''F%C3%A4hre.png`,
    )
  })

  test('is not found under another project, with another size, or after its document is deleted', async () => {
    const {path: gone, _id} = await client.assets.upload('image', await quarters(22, 22))
    expect((await get(`/${gone}?w=10`)).status).toBe(200)

    await client.delete(_id)

    const statuses = await Promise.all(
      [
        `/${gone}`,
        `/${gone}?w=10`,
        path.replace('400x200', '401x200'),
        path.replace(/[a-f0-9]{40}/, '0'.repeat(40)),
        path.replace('.png', '/../../secret.png'),
      ].map(async (address) => (await get(address)).status),
    )
    expect(statuses).toEqual([404, 404, 404, 404, 404])
  })

  test('tells nothing of where and by whom a picture was taken', async () => {
    const bytes = await sharp(await quarters(40, 40))
      .jpeg()
      .withExif({IFD0: {Artist: 'Secret Name'}, IFD3: {GPSLatitude: '51/1 30/1 0/1'}})
      .toBuffer()
    const {path: taken} = await client.assets.upload('image', bytes)

    for (const search of ['', '?w=20', '?fm=webp']) {
      const answer = await get(`/${taken}${search}`)
      const sent = Buffer.from(await answer.arrayBuffer())
      expect(sent.includes('Secret Name')).toBe(false)
      expect((await sharp(sent).metadata()).exif).toBeUndefined()
    }
  })

  test('shows a drawing, but lets nothing in it run', async () => {
    const drawing = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><script>alert(1)</script></svg>',
    )
    const {path: drawn, metadata} = await client.assets.upload('image', drawing)

    const response = await get(`/${drawn}?w=100`)

    expect(metadata.dimensions).toMatchObject({width: 20, height: 10})
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    )
    expect(Buffer.from(await response.arrayBuffer()).equals(drawing)).toBe(true)
  })
})

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
