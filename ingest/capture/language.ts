/** A guess at a text's language, and whether script or letters leave no doubt about it. */
export type LanguageGuess = {language: string; sure: boolean}

/**
 * Guesses a story's language (BCP 47) from its script, the letters only some languages have, its
 * commonest words, and the language of the page's skip link. Falls back to English, unsure.
 */
export function guessLanguage(text: string, pageLanguage: string | undefined): LanguageGuess {
  const read = fromText(text)
  if (read === undefined) {
    return {language: pageLanguage ?? 'en', sure: false}
  }
  if (pageLanguage !== undefined && read.includes(pageLanguage)) {
    return {language: pageLanguage, sure: true}
  }
  return {language: read[0] ?? 'en', sure: false}
}

/** Candidates, likeliest first. */
function fromText(text: string): readonly string[] | undefined {
  const script = commonestScript(text)
  if (script === undefined) return undefined
  // Names keep their letters in any language, so words that leave no doubt come first.
  const spelt = script === 'Latin' ? fromWords(text, 0.15) : undefined
  if (spelt !== undefined) return spelt
  const marked = SCRIPT_LETTERS[script]?.find(([, ...letters]) =>
    letters.every((pattern) => [...text.matchAll(pattern)].length >= 2),
  )
  if (marked !== undefined) return marked[0].split(' ')
  return script === 'Latin' ? fromWords(text, 0.06) : SCRIPT_LANGUAGE[script]
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Arabic',
  'Armenian',
  'Georgian',
  'Greek',
  'Hebrew',
  'Hangul',
  'Hiragana',
  'Katakana',
  'Han',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Ethiopic',
  'Devanagari',
  'Bengali',
  'Tibetan',
] as const

const patterns = SCRIPTS.map((script) => ({
  script,
  pattern: new RegExp(`\\p{Script=${script}}`, 'gu'),
}))

function commonestScript(text: string): string | undefined {
  const counts = patterns
    .map(({script, pattern}) => ({script, count: [...text.matchAll(pattern)].length}))
    .filter(({count}) => count > 0)
    .sort((first, second) => second.count - first.count)
  const kana = counts.find(({script}) => script === 'Hiragana' || script === 'Katakana')
  return kana !== undefined && counts[0]?.script === 'Han' ? kana.script : counts[0]?.script
}

const SCRIPT_LANGUAGE: {readonly [script: string]: readonly string[]} = {
  Cyrillic: ['ru', 'bg', 'mk', 'sr'],
  Arabic: ['ar'],
  Armenian: ['hy'],
  Georgian: ['ka'],
  Greek: ['el'],
  Hebrew: ['he'],
  Hangul: ['ko'],
  Hiragana: ['ja'],
  Katakana: ['ja'],
  Han: ['zh'],
  Thai: ['th'],
  Lao: ['lo'],
  Khmer: ['km'],
  Myanmar: ['my'],
  Ethiopic: ['am'],
  Devanagari: ['hi'],
  Bengali: ['bn'],
  Tibetan: ['bo'],
}

/** Letters that tell the languages of one script apart; the first row of which every set occurs twice wins. */
const SCRIPT_LETTERS: {readonly [script: string]: readonly (readonly [string, ...RegExp[]])[]} = {
  Cyrillic: [
    ['tg', /[ҷӣӯ]/giu],
    ['ba', /[ҡҙҫ]/giu],
    ['be', /ў/giu, /[ыі]/giu],
    ['uz', /[ўқғҳ]/giu, /[ўҳ]/giu],
    ['kk', /[ұғқ]/giu, /і/giu],
    ['uk', /[їєґ]/giu],
    ['tt', /ә/giu],
    ['ky', /[ңөү]/giu],
    ['uk', /і/giu],
    ['sr', /[ђћ]/giu],
    ['mk', /[ѓќѕ]/giu],
    ['sr', /[јљњџ]/giu],
    ['ru', /[ыэё]/giu],
    ['bg', /ъ/giu],
  ],
  Latin: [
    ['az', /ə/giu],
    ['vi', /[ơưạảấầẩậắằặẹẻẽếềểễệỉịọỏốồổỗộớờởợụủứừửữự]/giu],
    ['tk', /ý/giu, /[äňž]/giu],
    ['tt', /ä/giu, /[ğşñ]/giu],
    ['tr', /ı/gu, /[ğş]/giu],
    ['ro', /[țţșş]/giu, /[ăâî]/giu],
    ['pl', /[łąęż]/giu],
    ['cs', /[ěůř]/giu],
    ['hu', /[őű]/giu],
    ['uz', /[og][ʻ‘]/giu],
    ['bs sr hr', /[đćžčš]/giu],
  ],
  Arabic: [
    ['ps', /[ټډړښېۍګڼځڅږ]/gu],
    ['ckb', /[ڕڵێۆە]/gu],
    ['ur', /[ٹڈڑںے]/gu],
    ['fa', /[پچژگی]/gu],
  ],
}

/** Each language's commonest words that are spelt so in few others. */
const COMMON_WORDS: {readonly [language: string]: string} = {
  en: 'the of and to in is that for with was on are said has from by at his her it which',
  es: 'el los las del que y en una por con para se su más como este fue según',
  pt: 'o os as do da dos que e em um uma não com para por mais como foi segundo ao',
  fr: 'le les des du et est une dans pour que qui sur avec par au aux il elle ont été',
  it: 'il di che e la per un una non sono con del della nel alla gli ha',
  de: 'der die das und in den von zu mit ist nicht auf für dem des ein eine',
  nl: 'de het een en van in is dat op te zijn voor met niet aan',
  ro: 'și de la în pe cu care să din este nu o a fost pentru mai că',
  tr: 've bir bu için ile olarak de da çok daha olan en gibi ancak sonra',
  az: 'və bir bu üçün ilə olan də da deyib edib onun həm isə görə',
  uz: 'va bu bilan uchun bir ham deb edi kerak emas haqida',
  tk: 'we bu bilen üçin bir hem diýip boldy türkmenistanyň',
  tt: 'häm belän dä da bula ul öçen bulğan',
  id: 'yang dan di untuk dengan dari ini itu pada tidak akan oleh dalam',
  vi: 'và của là các những được trong cho không với một người đã',
  sq: 'dhe të në për një me nga që është ka u së i e',
  'bs sr hr': 'je u i na se da su za od koji kako nije biti sa iz',
  pl: 'i w na z się że nie do jest to o jak po przez',
  cs: 'a v na se že je s z do o k ve pro jako by',
  hu: 'a az és hogy nem is egy meg volt azt ez',
  so: 'oo ka ku iyo ee in uu ay waa la soo',
  sw: 'ya na wa kwa katika ni za la kuwa cha hiyo',
  ha: 'da a na ta ya wa cikin don kuma ba',
}

function fromWords(text: string, share: number): readonly string[] | undefined {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const scored = Object.entries(COMMON_WORDS)
    .map(([language, common]) => {
      const set = new Set(common.split(' '))
      return {language, count: words.filter((word) => set.has(word)).length}
    })
    .filter(({count}) => count >= Math.max(2, words.length * share))
    .sort((first, second) => second.count - first.count)
  const first = scored[0]
  if (first === undefined) return undefined
  return scored
    .filter(({count}) => count * 1.3 >= first.count)
    .flatMap(({language}) => language.split(' '))
}
