import {describe, expect, test} from 'vitest'

import {capture} from './support/fixtures.ts'

/** What a page's lines become, as `path`, `→ line` or the rule that dropped them. */
function fates(text: string): {[line: string]: string} {
  const {receipt} = capture(text)
  return Object.fromEntries(
    receipt.lines.map((line) => {
      if (line.fate === 'kept') return [line.text, line.path]
      if (line.fate === 'dropped') return [line.text, line.rule]
      return [line.text, line.fate]
    }),
  )
}

const body = 'The harbour opened again on Monday.\n\nThe first boats are out already.'

describe('page furniture', () => {
  test('a player with its title, in any language', () => {
    const page = `Линки доступности

Гавань снова открылась после бури

Лодки вышли в море в понедельник утром.

Разговор со смотрителем маяка
пожалуйста, подождите

No media source currently available

0:00 0:27:29 0:00
Скачать медиафайл

Смотритель говорит, что кот ещё не решил.`
    expect(fates(page)).toEqual({
      'Линки доступности': 'skip-link',
      'Гавань снова открылась после бури': 'headline',
      'Лодки вышли в море в понедельник утром.': 'lede[0]',
      'Разговор со смотрителем маяка': 'player',
      'пожалуйста, подождите': 'player',
      'No media source currently available': 'player',
      '0:00 0:27:29 0:00': 'player',
      'Скачать медиафайл': 'player',
      'Смотритель говорит, что кот ещё не решил.': 'lede[1]',
    })
    expect(capture(page).questions.find(({_key: key}) => key === 'player-8')?.question).toBe(
      'A player for “Разговор со смотрителем маяка” (0:27:29) stood here. Should the video or sound be in the story?',
    )
  })

  test("a programme's player under the story, and the page's widths", () => {
    const page = `Erişilebilirlik

Liman fırtınadan sonra yeniden açıldı

İlk tekneler pazartesi sabahı denize açıldı.

Fener bekçisi kedinin henüz karar vermediğini söyledi.

STÜDYO LİMAN

Fenerde bir gün – 1 Mayıs
lütfen bekleyin

No media source currently available

0:00 0:30:56 0:00
XS
SM
MD
LG`
    expect(fates(page)).toMatchObject({
      Erişilebilirlik: 'skip-link',
      'STÜDYO LİMAN': 'player',
      'Fenerde bir gün – 1 Mayıs': 'player',
      LG: 'breakpoints',
    })
    expect(capture(page).article.language).toBe('tr')
  })

  test("a player's producer and its list of qualities, and the box about the author without a mark", () => {
    const page = `Accessibility links

Harbour Opens Again After The Storm

  • Dana Rill

The harbour opened again on Monday.

A day at the lighthouse
by VOA

Embed share

No media source currently available

0:00 0:01:52 0:00

Direct link
  • 240p | 5.1MB
  • 360p | 8.1MB
Pop-out player

The first boats are out already.

1/5

Dana Rill

Dana Rill is a correspondent in Port Selin.`
    expect(fates(page)).toEqual({
      'Accessibility links': 'skip-link',
      'Harbour Opens Again After The Storm': 'headline',
      '• Dana Rill': 'byline',
      'The harbour opened again on Monday.': 'lede[0]',
      'A day at the lighthouse': 'player',
      'by VOA': 'player',
      'Embed share': 'player',
      'No media source currently available': 'player',
      '0:00 0:01:52 0:00': 'player',
      'Direct link': 'player',
      '• 240p | 5.1MB': 'player',
      '• 360p | 8.1MB': 'player',
      'Pop-out player': 'player',
      'The first boats are out already.': 'lede[1]',
      '1/5': 'gallery-counter',
      'Dana Rill': 'bio-box',
      'Dana Rill is a correspondent in Port Selin.': 'bio-box',
    })
  })

  test('section names and an update flag above the headline', () => {
    const page = `Accessibility links\n\nBreaking News\n\nNews\n\nUpdated\n\nHarbour Opens Again, Cat Undecided\n\n${body}`
    expect(fates(page)).toMatchObject({
      'Breaking News': 'source.label',
      News: 'section-name',
      Updated: 'update',
      'Harbour Opens Again, Cat Undecided': 'headline',
    })
    expect(capture(page).article).toMatchObject({update: true, source: {label: 'Breaking News'}})
  })

  test('other stories of the page after the first', () => {
    const page = `Harbour opens again after the storm\n\n${body}\n\nAll Of The Latest News\n\n\nMill closes for good\n\nThe mill on the hill closed on Friday.`
    expect(fates(page)).toMatchObject({
      'All Of The Latest News': 'other-stories',
      'Mill closes for good': 'other-stories',
      'The mill on the hill closed on Friday.': 'other-stories',
    })
    expect(capture(page).questions.map(({_key: key}) => key)).toContain('other-stories-7')
  })

  test.each([
    'SEE ALSO:\nMill closes for good',
    'Read more: Mill closes for good',
    'ЧИТАЙТЕ ТАКОЖ: Млин зачиняють назавжди',
    'Lire aussi : Le moulin ferme',
  ])('a link to another story: %s', (promo) => {
    const page = `Harbour opens again after the storm\n\nThe harbour opened on Monday.\n\n${promo}\n\nThe first boats are out already.`
    const {article: story, receipt} = capture(page)
    expect(story.sections).toEqual([])
    expect(story.lede).toHaveLength(2)
    expect(
      receipt.lines.filter((line) => line.fate === 'dropped' && line.rule === 'promo'),
    ).toHaveLength(promo.split('\n').length)
  })

  test.each([
    'March 20, 2031',
    'Last updated: March 20, 2031 10:15 AM',
    '20 березня 2031, 10:15',
    '20.03.2031 10:15',
    'Жұма, 20 наурыз 2031',
    '2031年3月20日',
    'دوشنبه ۳۰ دی ۱۴۰۹ تهران ۱۹:۲۷',
  ])('a line that only says when: %s', (bar) => {
    expect(fates(`Harbour opens again after the storm\n\n${bar}\n\n${body}`)[bar]).toBe('date-bar')
  })

  test('share and print controls, pictures without their page, and lines of stars', () => {
    const page = `Harbour opens again after the storm\n\nShare\nPrint\nКомментарии (12)\n\n${body}\n\n* * *\n\nhttps://example.org/cat.jpg\n\nNobody asked the cat.`
    expect(fates(page)).toMatchObject({
      Share: 'share-and-print',
      Print: 'share-and-print',
      'Комментарии (12)': 'share-and-print',
      '* * *': 'separator',
      'https://example.org/cat.jpg': 'image-address',
    })
  })
})

describe('headings', () => {
  test('set directly on their paragraphs, as digests do', () => {
    const page = `Линки доступности

Прогулки по берегу, 12 марта 2031


Сады
В этом году абрикосы зацвели раньше.

Мосты
Старый мост закрыли на покраску.`
    expect(capture(page).article.sections?.map(({heading}) => heading)).toEqual(['Сады', 'Мосты'])
  })

  test('a caption set directly on the first paragraph is none', () => {
    const page = `Accessibility links\n\nHarbour opens again after the storm\n\nHarbour master Ida Crane at work\n${body}`
    const {article: story} = capture(page)
    expect(story.leadFigure?.caption).toBe('Harbour master Ida Crane at work')
    expect(story.sections).toEqual([])
  })

  test('in scripts without capitals and without spaces', () => {
    expect(
      capture(
        'ნავსადგური ისევ გაიხსნა ქარიშხლის შემდეგ\n\nნავსადგური ორშაბათს გაიხსნა.\n\nკატა შუქურაზე\n\nკატას ჯერ არ გადაუწყვეტია.',
      ).article.sections?.map(({heading}) => heading),
    ).toEqual(['კატა შუქურაზე'])
    expect(
      capture(
        '港口在风暴后重新开放\n\n港口星期一重新开放，第一批船只已经出海。\n\n灯塔的猫\n\n管理员说：“它还没有决定。”',
      ).article.sections?.map(({heading}) => heading),
    ).toEqual(['灯塔的猫'])
  })

  test('not a quotation, not a line that leads on, not one that begins small', () => {
    const page = `Harbour opens again after the storm\n\n${body}\n\n“We will wait.”\n\nShe named three:\n\nand the cat\n\nNobody asked it.`
    expect(capture(page).article.sections).toEqual([])
  })
})

describe('captions', () => {
  const captioned = (caption: string) =>
    capture(`Harbour opens again after the storm\n\n${caption}\n${caption}\n\n${body}`).article
      .leadFigure

  test.each([
    [
      'FILE - A tug leaves port in Port Selin, May 3, 2030.',
      {filePhoto: true, takenAt: '2030-05-03', place: 'Port Selin'},
    ],
    ['Лодки в гавани, 3 мая 2030 года', {takenAt: '2030-05-03'}],
    ['Човни у гавані, 3 травня 2030 року', {takenAt: '2030-05-03'}],
    [
      'Barcos en el puerto, 3 de mayo de 2030 (Foto: Ana Ruiz)',
      {takenAt: '2030-05-03', credit: 'Ana Ruiz'},
    ],
    ['Harbour master Ida Crane (file photo)', {filePhoto: true}],
    ['A boat. (AP Photo/Lena Foss)', {credit: 'AP Photo/Lena Foss'}],
    ['Boats on 02/03/2030', {}],
    ['Boats on February 30, 2030', {}],
  ])('%s', (caption, facts) => {
    expect(captioned(caption)).toEqual({
      _type: 'figureWithCaption',
      alt: caption,
      caption,
      ...facts,
    })
  })

  test('a picture from the archive does not date the story', () => {
    const caption = 'FILE - A tug leaves port in Port Selin, May 3, 2030.'
    const {article: story} = capture(`Harbour opens\n\n${caption}\n${caption}\n\n${body}`)
    expect(story).not.toHaveProperty('firstPublishedAt')
  })
})

describe('the language', () => {
  test.each([
    ['uk', 'Гавань знову відкрилася в понеділок, і перші човни вже в морі. Її чекали довго.'],
    ['be', 'Гавань зноў адкрылася ў панядзелак, і першыя чаўны ўжо ў моры.'],
    ['kk', 'Айлақ дүйсенбіде қайта ашылды, алғашқы қайықтар теңізде.'],
    ['sr', 'Лука је поново отворена у понедељак, а први чамци већ су на мору. Људи ће чекати.'],
    ['fa', 'بندر روز دوشنبه دوباره باز شد و نخستین قایق‌ها در دریا هستند.'],
    ['ur', 'بندرگاہ پیر کو دوبارہ کھل گئی اور پہلی کشتیاں سمندر میں ہیں۔'],
    ['ar', 'أعيد فتح الميناء يوم الاثنين وخرجت أولى القوارب إلى البحر.'],
    ['az', 'Liman bazar ertəsi yenidən açıldı və ilk qayıqlar artıq dənizdədir.'],
    ['vi', 'Bến cảng mở lại hôm thứ Hai và những chiếc thuyền đầu tiên đã ra khơi.'],
    ['en', 'The harbour of Đurđevac and Šabac opened again, and the first of the boats is out.'],
    ['ko', '항구는 월요일에 다시 열렸고 첫 배들이 바다로 나갔다.'],
    [
      'id',
      'Pelabuhan itu dibuka kembali pada hari Senin dan kapal pertama yang berlayar sudah di laut.',
    ],
  ])('%s', (language, text) => {
    expect(capture(`${text.slice(0, 20)}\n\n${text}`).article.language).toBe(language)
  })
})
