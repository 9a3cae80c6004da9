import {rename} from 'node:fs/promises'
import {join} from 'node:path'

import sharp from 'sharp'
import {beforeAll, describe, expect, test} from 'vitest'

import {client, get, lake, look, quarters} from './pictures.ts'

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

  test('says that there is no such asset while its file is gone, and shows it when it is back', async () => {
    const {path: away, sha1hash} = await client.assets.upload('image', await quarters(60, 60))
    const originals = join(lake.dataDirectory, 'assets', 'production', 'originals')
    const file = join(originals, sha1hash.slice(0, 2), sha1hash)
    const statuses = async () => [
      (await get(`/${away}`)).status,
      (await get(`/${away}?w=20`)).status,
      (await get(`/${away}?dl=`)).status,
    ]

    await rename(file, `${file}.away`)
    expect(await statuses()).toEqual([404, 404, 404])
    await rename(`${file}.away`, file)
    expect(await statuses()).toEqual([200, 200, 200])
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
