import {expect, test} from 'vitest'

import {figuresOf, missingPictures} from './figures.ts'

const figure = (caption: string, asset?: string) => ({
  _type: 'figureWithCaption' as const,
  _key: caption,
  caption,
  ...(asset === undefined
    ? {}
    : {image: {_type: 'image' as const, asset: {_type: 'reference' as const, _ref: asset}}}),
})

const story = {
  _id: 'story',
  _type: 'article' as const,
  leadFigure: figure('lead', 'image-a'),
  lede: [figure('in the lede'), {_type: 'block', _key: 'b'}],
  sections: [
    {
      _type: 'section' as const,
      _key: 's',
      figure: {...figure('of the section'), image: {_type: 'image' as const}},
      body: [figure('in the section', 'image-b')],
    },
  ],
}

test('pictures are found wherever they stand, in reading order', () => {
  expect(figuresOf(story).map(({caption}) => caption)).toEqual([
    'lead',
    'in the lede',
    'of the section',
    'in the section',
  ])
})

test('a picture without an image, or with an empty one, is missing', () => {
  expect(missingPictures(story).map(({caption}) => caption)).toEqual([
    'in the lede',
    'of the section',
  ])
})

test('a story with nothing in it has no pictures', () => {
  expect(figuresOf({_id: 'story', _type: 'article'})).toEqual([])
})
