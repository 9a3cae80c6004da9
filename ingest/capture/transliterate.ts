/** Writes a text in Latin letters as far as the letters are known, for addresses only. */
export function transliterate(text: string, language = ''): string {
  const own = OWN[language.split('-')[0] ?? ''] ?? {}
  return [...text.normalize('NFC').toLowerCase()]
    .map((letter) => own[letter] ?? LETTERS.get(letter) ?? withoutMarks(letter))
    .join('')
}

function withoutMarks(letter: string): string {
  const plain = letter.normalize('NFKD').replace(/\p{M}/gu, '')
  return LETTERS.get(plain) ?? plain
}

/** Letters that a language reads in its own way. */
const OWN: {readonly [language: string]: {readonly [letter: string]: string}} = {
  uk: {г: 'h', и: 'y', є: 'ye', х: 'kh', щ: 'shch'},
  be: {г: 'h', у: 'u', ў: 'u'},
  bg: {щ: 'sht', ъ: 'a', х: 'h'},
  sr: {х: 'h', ц: 'c', ж: 'z', ч: 'c', ш: 's'},
  mk: {х: 'h', ж: 'zh', ч: 'ch', ш: 'sh'},
  de: {ä: 'ae', ö: 'oe', ü: 'ue'},
  uz: {х: 'x', ж: 'j', қ: 'q', ғ: 'g', ҳ: 'h', ў: 'o'},
}

const LETTERS = new Map(
  [
    'а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya',
    'є ye і i ї yi ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dz ѓ gj ќ kj ѕ dz ә a ғ gh қ q ң ng ө o ұ u ү u һ h җ j ҷ j ӣ i ӯ u ҳ h ҡ q ҙ z ҫ s',
    'ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h',
    'ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev',
    'ا a آ a أ a إ i ب b پ p ت t ث s ج j چ ch ح h خ kh د d ذ z ر r ز z ژ zh س s ش sh ص s ض z ط t ظ z ع a غ gh ف f ق q ک k ك k گ g ل l م m ن n و v ؤ v ه h ة h ی y ي y ئ y ى a ے e ٹ t ڈ d ڑ r ں n ہ h ھ h ې e ۍ y ټ t ډ d ړ r ښ sh ګ g ڼ n ځ dz څ ts ږ zh ە a ێ e ۆ o ڕ r ڵ l ڤ v',
    'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o',
    'ß ss æ ae œ oe ø o å a đ d ð d þ th ł l ı i ə a ħ h ŋ ng',
  ].flatMap((row) => {
    const parts = row.split(' ')
    return parts.flatMap((letter, index): [string, string][] =>
      index % 2 === 0 ? [[letter, parts[index + 1] ?? '']] : [],
    )
  }),
)
for (const silent of ['ъ', 'ь', 'ء', 'ʼ', '\u200C', '\u200D', '՛', '՞']) LETTERS.set(silent, '')
