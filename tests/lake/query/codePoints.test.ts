import {expect, test} from 'vitest'

import {openWrittenDataset} from './support/writtenDataset.ts'

/** In the order of the GROQ specification, "Partial comparison": by code point, a beginning before what begins with it. */
const ascending = [
  '',
  '\u0000',
  'b',
  'b\u0000',
  'b\u0000a',
  'z',
  'é',
  '\uFB01',
  '\uFFFD',
  '\u{1F600}',
]

/** groq-js goes by UTF-16 units here (docs/decisions/0007-where-groq-js-differs.md), so that it is no oracle. */
test.for([{indexed: []}, {indexed: ['a']}])(
  'strings are ordered and compared by code point, with indexes over $indexed',
  async ({indexed}) => {
    const dataset = await openWrittenDataset({indexed})
    const shuffled = ascending.map((a, index) => ({_id: `s${(index * 7) % 10}`, _type: 'text', a}))
    await dataset.write(shuffled)
    const answerTo = async (query: string) => {
      const outcome = await dataset.ask({query, perspective: ['raw'], reads: 'everything'})
      return 'answer' in outcome ? outcome.answer : outcome
    }
    const answers = {
      ordered: await answerTo('*[_type == "text"] | order(a).a'),
      reversed: await answerTo('*[_type == "text"] | order(a desc).a'),
      evaluated: await answerTo('[...*] | order(a).a'),
      greater: await answerTo('*[_type == "text" && a > "\\uFB01"] | order(a).a'),
      equal: await answerTo('*[a == "b\\u0000"].a'),
      between: await answerTo('*[a >= "b" && a < "c"] | order(a).a'),
    }
    await dataset.close()

    expect(answers).toEqual({
      ordered: ascending,
      reversed: ascending.toReversed(),
      evaluated: ascending,
      greater: ['\uFFFD', '\u{1F600}'],
      equal: ['b\u0000'],
      between: ['b', 'b\u0000', 'b\u0000a'],
    })
  },
)
