import {describe, expect, test} from 'vitest'
import {findings} from './validate.ts'
import {paragraph, soundStory} from './stories.ts'

describe('a story', () => {
  test('that is sound gets no advice at all', async () => {
    expect(await findings(soundStory())).toEqual([])
  })

  test('that is empty is told what it lacks, field by field', async () => {
    expect(await findings({_id: 'drafts.new', _type: 'article'})).toEqual([
      'error headline: Write a headline: the story cannot be published without one.',
      'error slug: Generate the address from the headline: the story needs one to be published.',
      'error lede: Write at least one paragraph: the story cannot be published without a lede.',
      'error language: Choose the language the story is written in, as in “en” or “uk”.',
      'info authors: Nobody signs this story yet. Choose an author, or write a byline.',
    ])
  })

  test.each([
    [70, []],
    [
      71,
      [
        'info headline: This headline has 71 characters; search results cut it at about 70. A short headline for lists helps.',
      ],
    ],
    [
      100,
      [
        'info headline: This headline has 100 characters; search results cut it at about 70. A short headline for lists helps.',
      ],
    ],
    [
      101,
      [
        'warning headline: This headline has 101 characters. Shorten it to 100 or fewer, or it runs over four lines on a phone.',
      ],
    ],
    [
      160,
      [
        'warning headline: This headline has 160 characters. Shorten it to 100 or fewer, or it runs over four lines on a phone.',
      ],
    ],
    [
      161,
      [
        'error headline: Cut this headline to at most 160 characters; it has 161. What does not fit belongs in the standfirst.',
      ],
    ],
  ])('with a headline of %i characters', async (length, expected) => {
    // An accented letter in two code points is one character to the person who typed it.
    const headline = `e\u0301${'x'.repeat(length - 1)}`
    expect(await findings(soundStory({headline}))).toEqual(expected)
  })

  test('with two headings alike is warned at the second', async () => {
    const sections = [
      section('s1', 'Fighting drags on'),
      section('s2', 'Elsewhere'),
      section('s3', ' fighting drags on'),
    ]
    expect(await findings(soundStory({sections}))).toEqual([
      'warning sections.s3.heading: Another section is called “fighting drags on” too. Give this one its own heading.',
    ])
  })

  test.each([[undefined], [[]], [[paragraph('p2', '  ')]]])(
    'with an empty section is refused (%j)',
    async (body) => {
      const sections = [{_type: 'section', _key: 's1', heading: 'Heading', body}]
      expect(await findings(soundStory({sections}))).toEqual([
        'error sections.s1.body: This section is empty. Write at least one paragraph, or remove the section.',
      ])
    },
  )

  test('keeps a section that holds only a quote', async () => {
    const body = [{_type: 'pullQuote', _key: 'q', quote: 'A moment to seize.'}]
    const sections = [{_type: 'section', _key: 's1', heading: 'Heading', body}]
    expect(await findings(soundStory({sections}))).toEqual([])
  })

  test.each([
    ['2026-11-24T09:30:00Z'],
    ['2026-11-24T09:30:00.000+01:00'],
    ['2026-11-24'],
    ['2026-13-24T09:30:00.000Z'],
  ])('with a time stored as %s is refused', async (lastUpdatedAt) => {
    expect(await findings(soundStory({lastUpdatedAt}))).toContainEqual(
      'error lastUpdatedAt: Choose the time again from the calendar: it must be stored in UTC like 2026-11-24T09:30:00.000Z.',
    )
  })

  test('whose embargo has passed is warned until it is published', async () => {
    const embargoUntil = '2020-01-01T00:00:00.000Z'
    expect(await findings(soundStory({embargoUntil}))).toEqual([
      'warning embargoUntil: This embargo has passed, so it no longer holds the story back. Choose a later time or clear it.',
    ])
    const firstPublishedAt = '2020-01-01T00:00:01.000Z'
    expect(await findings(soundStory({embargoUntil, firstPublishedAt}))).toEqual([])
    expect(await findings(soundStory({embargoUntil: '2999-01-01T00:00:00.000Z'}))).toEqual([])
  })

  test.each([
    [
      'english',
      'error language: “english” is no language tag. Write one like “en”, “en-GB” or “uk”.',
    ],
    ['e', 'error language: “e” is no language tag. Write one like “en”, “en-GB” or “uk”.'],
    ['en_GB', 'error language: “en_GB” is no language tag. Write one like “en”, “en-GB” or “uk”.'],
    ['EN-gb', 'error language: Write this language as “en-GB”.'],
  ])('in the language %s is refused', async (language, expected) => {
    expect(await findings(soundStory({language}))).toEqual([expected])
  })

  test('may not lie at the address of another, today’s or former', async () => {
    const other = {_id: 'b', _type: 'article', headline: 'Other', slug: {current: 'other'}}
    const taken = await findings(soundStory(), [
      {...other, slug: {current: 'kerry-in-moscow'}},
      {...soundStory(), _id: 'kerry'},
    ])
    const former = await findings(soundStory(), [{...other, previousSlugs: ['kerry-in-moscow']}])
    const own = await findings(soundStory(), [
      {...soundStory(), _id: 'kerry', previousSlugs: ['kerry-in-moscow']},
      {...soundStory(), _id: 'versions.r1.kerry'},
    ])
    expect({taken, former, own}).toEqual({
      taken: ['error slug: “Other” has this address. Change a word of it.'],
      former: [
        'error slug: “Other” had this address before, and links to it still lead there. Change a word of it.',
      ],
      own: [],
    })
  })

  test.each([['Kerry in Moscow'], ['kerry/moscow'], ['-kerry'], ['kerry--moscow'], ['kerry?']])(
    'may not lie at the address %s',
    async (current) => {
      expect(await findings(soundStory({slug: {_type: 'slug', current}}))).toEqual([
        'error slug: Use letters, digits and single hyphens only, as in “kerry-in-moscow”.',
      ])
    },
  )

  test('may lie at an address in any script', async () => {
    for (const current of ['керри-в-москве', 'کری-در-مسکو', 'हिन्दी-समाचार']) {
      expect(await findings(soundStory({slug: {_type: 'slug', current}}))).toEqual([])
    }
  })

  test('links to one place at a time, by a scheme that browsers may follow', async () => {
    const linked = (link: object) => ({
      ...paragraph('p1', 'A link.'),
      markDefs: [{_type: 'link', _key: 'l', ...link}],
      children: [{_type: 'span', _key: 'c', text: 'A link.', marks: ['l']}],
    })
    const story = {_type: 'reference', _ref: 'b'}
    const check = async (link: object) =>
      await findings(soundStory({lede: [linked(link)]}), [{_id: 'b'}])
    expect({
      address: await check({href: 'https://example.com/'}),
      mail: await check({href: 'mailto:desk@example.com'}),
      story: await check({reference: story}),
      script: await check({href: 'javascript:alert(1)'}),
      both: await check({href: 'https://example.com/', reference: story}),
      neither: await check({}),
    }).toEqual({
      address: [],
      mail: [],
      story: [],
      script: [
        'error lede.p1.markDefs.l.href: Begin the address with https://, http:// or mailto:.',
      ],
      both: [
        'error lede.p1.markDefs.l: Keep either the address or the story: a link leads to one place.',
      ],
      neither: ['error lede.p1.markDefs.l: Paste an address, or choose one of our stories.'],
    })
  })
})

describe('a picture', () => {
  const figure = {
    _type: 'figureWithCaption',
    image: {_type: 'image', asset: {_type: 'reference', _ref: 'image-abc-1x1-jpg'}},
    alt: 'Two men shake hands before flags',
    caption: 'Kerry meets Lavrov.',
    credit: 'AP',
  }
  const asset = {_id: 'image-abc-1x1-jpg', _type: 'sanity.imageAsset'}
  const check = async (leadFigure: object) => await findings(soundStory({leadFigure}), [asset])

  test('that is complete passes', async () => {
    expect(await check(figure)).toEqual([])
  })

  test('described by its caption is warned', async () => {
    expect(await check({...figure, alt: ' kerry meets  Lavrov. '})).toEqual([
      'warning leadFigure.alt: Describe the picture for someone who cannot see it',
    ])
  })

  test('without picture and credit is warned, without words refused', async () => {
    expect(await check({_type: 'figureWithCaption'})).toEqual([
      'warning leadFigure.image: Add the picture. Until then readers see an empty frame with the words “Picture missing”.',
      'error leadFigure.alt: Describe the picture in a sentence for readers who cannot see it.',
      'error leadFigure.caption: Write the caption that stands under the picture.',
      'warning leadFigure.credit: Say who took the picture and for whom, as in “Maria Lopez / Reuters”.',
    ])
  })
})

describe('breaking news', () => {
  const lease = {
    _id: 'lease',
    _type: 'breakingNews',
    headline: 'Explosion at the airport',
    level: 'flash',
    startsAt: '2026-11-24T09:00:00.000Z',
    until: '2026-11-24T09:30:00.000Z',
  }

  test('that is sound passes, also at exactly twelve hours', async () => {
    expect(await findings(lease)).toEqual([])
    expect(await findings({...lease, until: '2026-11-24T21:00:00.000Z'})).toEqual([])
  })

  test('ends after it starts and within twelve hours', async () => {
    const ending = async (until: string) => await findings({...lease, until})
    expect({
      before: await ending('2026-11-24T08:59:59.999Z'),
      same: await ending('2026-11-24T09:00:00.000Z'),
      late: await ending('2026-11-24T21:00:00.001Z'),
    }).toEqual({
      before: ['error until: Choose an end after the start, or nobody will ever see this.'],
      same: ['error until: Choose an end after the start, or nobody will ever see this.'],
      late: [
        'error until: Choose an end at most 12 hours after the start. What lasts longer is a story, not breaking news.',
      ],
    })
  })

  test('has a banner of at most 100 characters', async () => {
    expect(await findings({...lease, headline: 'x'.repeat(100)})).toEqual([])
    expect(await findings({...lease, headline: 'x'.repeat(101)})).toEqual([
      'error headline: Cut these words to at most 100 characters; they have 101.',
    ])
  })

  test('warns when its story is not live', async () => {
    const linked = {...lease, article: {_type: 'reference', _ref: 'kerry', _weak: true}}
    const warning =
      'warning article: This story is not live, so the banner leads nowhere. Publish the story or link another one.'
    expect({
      live: await findings(linked, [{...soundStory(), _id: 'kerry'}]),
      draft: await findings(linked, [soundStory()]),
      killed: await findings(linked, [
        {...soundStory({killed: {at: '2026-11-24T08:00:00.000Z', notice: 'Gone.'}}), _id: 'kerry'},
      ]),
    }).toEqual({live: [], draft: [warning], killed: [warning]})
  })
})

test('settings name a zone that exists and spans that make sense', async () => {
  const settings = {
    _id: 'siteSettings',
    _type: 'siteSettings',
    title: 'Dateline',
    timeZone: 'Europe/Prag',
    breakingMinutes: 721,
    updateLabelHours: 0,
  }
  expect(await findings(settings)).toEqual([
    'error breakingMinutes: Choose 1 to 720 minutes (12 hours).',
    'error updateLabelHours: Choose a number of hours above zero.',
    'error timeZone: There is no time zone “Europe/Prag”. Write one like “Europe/Prague” or “UTC”.',
  ])
})

function section(key: string, heading: string) {
  return {_type: 'section', _key: key, heading, body: [paragraph(`${key}-p`, 'Text.')]}
}
