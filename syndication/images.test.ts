import {expect, test} from 'vitest'

import {imageAddress, imageSet} from './images.ts'

const source = {projectId: 'news', dataset: 'production', baseUrl: '/'}
const id = 'a'.repeat(40)

function picture(fields: object = {}) {
  return {
    crop: undefined,
    hotspot: undefined,
    asset: {
      _id: `image-${id}-2000x1000-jpg`,
      width: 2000,
      height: 1000,
      lqip: 'data:image/jpeg;base64,AAAA',
      background: undefined,
    },
    ...fields,
  }
}

test('a picture keeps its place and comes in the width that the reader needs', () => {
  const set = imageSet(picture(), source)
  expect({...set, srcset: set?.srcset.split(', ').map((one) => one.split(' ')[1])}).toEqual({
    src: `/images/news/production/${id}-2000x1000.jpg?w=960&fit=max&auto=format`,
    srcset: ['320w', '480w', '720w', '960w', '1280w', '1920w'],
    width: 2000,
    height: 1000,
    lqip: 'data:image/jpeg;base64,AAAA',
  })
})

test('a picture is never blown up beyond what its crop leaves', () => {
  const crop = {left: 0.25, right: 0.5, top: 0, bottom: 0}
  const set = imageSet(picture({crop}), source)
  expect([set?.width, set?.height]).toEqual([500, 1000])
  expect(set?.srcset.split(', ')).toEqual([
    `/images/news/production/${id}-2000x1000.jpg?rect=500,0,500,1000&w=320&fit=max&auto=format 320w`,
    `/images/news/production/${id}-2000x1000.jpg?rect=500,0,500,1000&w=480&fit=max&auto=format 480w`,
    `/images/news/production/${id}-2000x1000.jpg?rect=500,0,500,1000&w=500&fit=max&auto=format 500w`,
  ])
})

test('a picture in a place of another aspect keeps what the editor marked', () => {
  const hotspot = {x: 0.9, y: 0.5, width: 0.2, height: 0.2}
  expect(imageAddress(picture({hotspot}), source, 300, 1)).toBe(
    `/images/news/production/${id}-2000x1000.jpg?rect=1000,0,1000,1000&w=300&h=300&auto=format`,
  )
})

test('what is no picture of ours has no address', () => {
  expect(imageSet(undefined, source)).toBeUndefined()
  expect(imageSet(picture({asset: undefined}), source)).toBeUndefined()
  expect(
    imageSet(picture({asset: {...picture().asset, _id: 'image-"><script>-1x1-svg'}}), source),
  ).toBeUndefined()
})
