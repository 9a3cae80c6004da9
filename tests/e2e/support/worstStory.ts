/** The story that breaks careless pages: everything at once, from right to left, and no picture. */
export const worstSlug = 'worst-story'

/** Exactly 200 characters. */
export const worstHeadline =
  'وزیران خارجهٔ دوازده کشور پس از ده روز گفت‌وگوی شبانه‌روزی در ژنو بر سر پیش‌نویس قطعنامهٔ ۴۷ صفحه‌ای آتش‌بس، بازگشت آوارگان، بازسازی بندرها و نظارت بین‌المللی بر انتخابات آینده به توافقی شکننده رسیدند'

const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const longAddress =
  'https://archive.example/2026/11/24/a-very-long-address-that-nobody-broke-into-pieces/documents/resolution-draft-47-pages-final-final.pdf'

/** `minutesAgo` gives a stored time so many minutes before now; `related` are ids of other stories. */
export function worstStory(minutesAgo: (minutes: number) => string, related: readonly string[]) {
  return {
    _id: 'worst',
    _type: 'article',
    headline: worstHeadline,
    slug: {_type: 'slug', current: worstSlug},
    language: 'fa',
    standfirst:
      'دیپلمات‌ها می‌گویند متن نهایی هنوز سه بند حل‌نشده دارد و هر یک از آن‌ها می‌تواند همهٔ توافق را پیش از امضای رسمی در روز جمعه از میان ببرد.',
    byline: 'گزارشگران ما در ژنو، نیویورک، بیروت و مسکو',
    dateline: {_type: 'dateline', place: 'ژنو', date: '2026-11-23'},
    leadFigure: {
      _type: 'figureWithCaption',
      alt: 'نمایندگان دور میز گفت‌وگو',
      caption: 'نمایندگان دوازده کشور در نشست پایانی ژنو، شامگاه دوشنبه.',
      credit: 'خبرگزاری بندر',
      filePhoto: true,
    },
    lede: [
      text(
        'l1',
        'پس از ده روز گفت‌وگو، نمایندگان دوازده کشور بامداد امروز متنی را پذیرفتند که به گفتهٔ میانجی‌ها «بهترین متن ممکن و نه متن آرمانی» است. آنان باید تا روز جمعه رضایت پایتخت‌های خود را به دست آورند.',
      ),
      text(
        'l2',
        `سندی که خبرنگاران دیده‌اند به نام ${longWord} ثبت شده و در نشانی ${longAddress} آمده است.`,
      ),
      {
        _type: 'embed',
        _key: 'l3',
        url: 'https://video.example/watch/a-very-long-video-address-2026',
        title: 'ویدئو: لحظهٔ اعلام توافق در تالار شمارهٔ نوزده کاخ ملت‌ها',
      },
    ],
    sections: [
      {
        _type: 'section',
        _key: 's1',
        heading: 'سه بندی که هنوز باز است',
        figure: {
          _type: 'figureWithCaption',
          alt: 'برگه‌ای با سه بند',
          caption: 'سه بند باز در پیش‌نویس توافق.',
        },
        body: [
          text('a', 'میانجی‌ها این سه بند را به روز پنجشنبه سپرده‌اند:'),
          ...['بازگشت آوارگان به شهرهای ساحلی', 'زمان‌بندی انتخابات', 'نظارت بر بندرها'].map(
            (item, index) => ({...text(`n${index}`, item), listItem: 'number', level: 1}),
          ),
          text('b', 'هر کشور خواست خود را نیز پیوست کرده است.'),
          ...['کاهش تحریم‌ها', 'آزادی بازداشت‌شدگان'].map((item, index) => ({
            ...text(`u${index}`, item),
            listItem: 'bullet',
            level: 1,
          })),
          {
            _type: 'pullQuote',
            _key: 'q',
            quote: 'این متن هیچ‌کس را خوشحال نمی‌کند، و درست به همین دلیل شاید دوام بیاورد.',
            attribution: 'فرستادهٔ ویژهٔ سازمان ملل',
          },
          {...text('h', 'آنچه امضا شد'), style: 'h3'},
          {
            ...text('bq', 'طرف‌ها از هر اقدامی که آتش‌بس را به خطر اندازد می‌پرهیزند.'),
            style: 'blockquote',
          },
          {
            _type: 'figureWithCaption',
            _key: 'f',
            alt: 'تالار خالی',
            caption: 'تالار گفت‌وگو پس از پایان نشست.',
            credit: 'خبرگزاری بندر',
          },
          {
            _type: 'block',
            _key: 'k',
            style: 'normal',
            markDefs: [{_type: 'link', _key: 'm', href: longAddress}],
            children: [
              span('k1', 'متن کامل '),
              span('k2', 'سند', 'm'),
              span('k3', ' با شمارهٔ '),
              span('k4', 'S/RES/2026/0047', 'code'),
              span('k5', ' و یادداشت '),
              span('k6', 'Kerry', 'strong'),
              span('k7', ' منتشر شده است.'),
            ],
          },
        ],
      },
      {
        _type: 'section',
        _key: 's2',
        heading: `${longWord} در برابر دیوان`,
        body: [text('z', 'شرکت یادشده به پرسش‌های ما پاسخی نداد.')],
      },
    ],
    update: true,
    updates: [
      {_key: 'u1', number: 1, at: minutesAgo(1500), note: 'واکنش مسکو افزوده شد.'},
      {_key: 'u2', number: 2, at: minutesAgo(50), note: 'متن سه بند باز افزوده شد.'},
    ],
    corrections: [
      correction('c1', 'correction', minutesAgo(40), 'شمار کشورها دوازده است، نه یازده.'),
      correction('c2', 'correction', minutesAgo(300), 'نشست در ژنو بود، نه در وین.'),
      correction('c3', 'correction', minutesAgo(2000), 'پیش‌نویس ۴۷ صفحه دارد، نه ۷۴ صفحه.'),
      correction('c4', 'clarification', minutesAgo(2500), 'قطعنامه هنوز به رأی گذاشته نشده است.'),
      correction('c5', 'clarification', minutesAgo(4000), 'منظور از «بندرها» سه بندر جنوبی است.'),
    ],
    firstPublishedAt: minutesAgo(4300),
    lastUpdatedAt: minutesAgo(40),
    related: related.map((_ref) => ({_type: 'reference', _ref, _weak: true, _key: _ref})),
    source: {_type: 'source', publisher: 'خبرگزاری بندر', url: 'https://agency.example/47'},
  }
}

function text(key: string, words: string) {
  return {
    _type: 'block',
    _key: key,
    style: 'normal',
    markDefs: [],
    children: [span(`${key}s`, words)],
  }
}

function span(key: string, words: string, ...marks: readonly string[]) {
  return {_type: 'span', _key: key, text: words, marks}
}

function correction(_key: string, kind: 'correction' | 'clarification', at: string, words: string) {
  return {_type: 'correction', _key, kind, at, text: words}
}
