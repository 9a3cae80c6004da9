import fc from 'fast-check'
import {expect, test} from 'vitest'

import {changesShown} from '../../editorial/changesShown.ts'
import type {Article} from '../../editorial/documents.ts'
import {wordDifference, type WordRun} from '../../editorial/wordDifference.ts'
import {draftOf, liveStory, paragraph} from './stories.ts'

const image = (_ref: string) => ({
  _type: 'image' as const,
  asset: {_type: 'reference' as const, _ref},
})
const figure = {
  _type: 'figureWithCaption' as const,
  caption: 'Kerry at the airport.',
  alt: 'Kerry at the airport.',
  image: image('image-one'),
}
const live = liveStory({
  standfirst: 'He wants a transition.',
  lede: [paragraph('l1', 'Kerry arrived at ten.'), paragraph('l2', 'It snowed.')],
  sections: [
    {
      _type: 'section',
      _key: 's1',
      heading: 'A moment to seize',
      figure,
      body: [paragraph('a1', 'They met at the Kremlin.')],
    },
  ],
})

/** Words that went in [brackets], words that came in {braces}. */
function written(runs: readonly WordRun[]): string {
  return runs
    .map(({kind, words}) =>
      kind === 'kept' ? words : kind === 'removed' ? `[${words}]` : `{${words}}`,
    )
    .join('')
}

/** What the editor who publishes a draft is told of it: sentences, and passages under them. */
function told(fields: Partial<Article>): string[] {
  return changesShown(draftOf(live, fields), live).flatMap(({sentences, passages}) => [
    ...sentences,
    ...passages.map(
      ({name, words}) => `– ${name === undefined ? '' : `${name}: `}${written(words)}`,
    ),
  ])
}

test.each([
  ['Kerry arrived at ten.', 'Kerry arrived at noon.', 'Kerry arrived at [ten]{noon}.'],
  ['He met Putin.', 'He met Lavrov and Putin.', 'He met {Lavrov and }Putin.'],
  ['He has met Putin today.', 'He will meet Putin.', 'He [has met]{will meet} Putin[ today].'],
  ['in the capital.', 'in the  He landed. capital.', 'in the { He landed. }capital.'],
  ['', 'New.', '{New.}'],
  ['Gone.', '', '[Gone.]'],
  [
    '外相はモスクワに到着した。',
    '外相はキエフに到着した。',
    '外相は[モスクワ]{キエフ}に到着した。',
  ],
  ['The same.', 'The same.', 'The same.'],
])('from “%s” to “%s”', (before, after, expected) => {
  expect(written(wordDifference(before, after))).toBe(expected)
})

test('each side of a difference is that side’s text, to the last character', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'bc', ' ', ', ', '. ', 'ünder', '\n')).map(join)
  fc.assert(
    fc.property(text, text, (before, after) => {
      const runs = wordDifference(before, after)
      const side = (other: WordRun['kind']) =>
        join(runs.filter(({kind}) => kind !== other).map(({words}) => words))
      expect([side('added'), side('removed')]).toEqual([before, after])
    }),
  )
})

test('headline and standfirst are shown by the words that changed, other fields by their names', () => {
  expect(
    told({
      headline: 'Kerry in Kiev',
      standfirst: 'He wants a quick transition.',
      shortHeadline: 'Kerry',
      priority: 2,
    }),
  ).toEqual([
    'Headline changed',
    '– Kerry in [Moscow]{Kiev}',
    'Standfirst changed',
    '– He wants a {quick }transition.',
    'Short headline added',
    '– {Kerry}',
    'Priority added',
  ])
  expect(told({})).toEqual([])
})

test('a changed paragraph shows its changed words, a new one its words, a former one what it said', () => {
  expect(
    told({lede: [paragraph('l1', 'Kerry arrived at noon.'), paragraph('l3', 'Putin waited.')]}),
  ).toEqual([
    '1 paragraph added, 1 changed and 1 removed in the lede',
    '– Kerry arrived at [ten]{noon}.',
    '– {Putin waited.}',
    '– [It snowed.]',
  ])
})

test('a paragraph that only links elsewhere says so', () => {
  const [block] = [paragraph('l1', 'Kerry arrived at ten.')]
  const link = {_type: 'link', _key: 'm', href: 'https://example.com/'}
  const linked = {...block, markDefs: [link], children: [{...block.children[0], marks: ['m']}]}
  expect(told({lede: [{...block, ...linked}, paragraph('l2', 'It snowed.')]})).toEqual([
    '1 paragraph changed in the lede',
    '– Set in another way, or its links changed: Kerry arrived at ten.',
  ])
})

test('a picture names what changed of it: image, caption, alternative text', () => {
  const [section] = live.sections ?? []
  const changed = {...figure, image: image('image-two'), alt: 'Kerry steps out of a plane.'}
  expect(told({sections: section && [{...section, figure: changed}]})).toEqual([
    "Picture 'Kerry at the airport.' changed in 'A moment to seize'",
    '– It is another image: ',
    '– Alternative text: Kerry [at the airport]{steps out of a plane}.',
  ])
  expect(told({leadFigure: {...figure, caption: 'Kerry lands.', image: undefined}})).toEqual([
    'Lead picture added',
    '– Caption: {Kerry lands.}',
    '– Alternative text: {Kerry at the airport.}',
  ])
})

test('a section is named by its heading, and tells of a new one', () => {
  const [section] = live.sections ?? []
  expect(told({sections: section && [{...section, heading: 'No moment to lose'}]})).toEqual([
    "Heading 'A moment to seize' is now 'No moment to lose'",
  ])
})

test('of a long paragraph only the places that changed are shown', () => {
  const long = (word: string) =>
    `${'It snowed and snowed. '.repeat(20)}He said ${word}. ${'Then it rained again. '.repeat(20)}`
  const before = {...live, lede: [paragraph('l1', long('nothing'))]}
  const draft = draftOf(live, {lede: [paragraph('l1', long('everything'))]})
  const [change] = changesShown(draft, before)
  expect(written(change?.passages[0]?.words ?? [])).toMatch(
    /^… .{1,60}He said \[nothing\]\{everything\}\. .{1,60}…$/,
  )
})

function join(words: readonly string[]): string {
  return words.join('')
}
