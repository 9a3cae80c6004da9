/** Scripts that are written from right to left, for engines that cannot say it themselves. */
const rightToLeftLanguages = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])
const rightToLeftScripts = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm'])

export type Direction = 'ltr' | 'rtl'

/** The direction that a language (BCP 47) is written in; left to right for what is no language tag. */
export function directionOf(language: string): Direction {
  try {
    const {language: code, script} = new Intl.Locale(language)
    const rightToLeft = script ? rightToLeftScripts.has(script) : rightToLeftLanguages.has(code)
    return rightToLeft ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/** The language alone, without region or script: `ru` for `ru-RU`. */
export function primaryLanguage(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0] ?? ''
}
