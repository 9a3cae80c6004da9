import {primaryLanguage} from '../language.ts'
import {english} from './en.ts'
import {persian} from './fa.ts'
import {russian} from './ru.ts'
import {ukrainian} from './uk.ts'
import type {Words} from './words.ts'

const languages: {[language: string]: Words} = {
  en: english,
  fa: persian,
  ru: russian,
  uk: ukrainian,
}

/** The words for the first of the languages (BCP 47) that has some; English when none has. */
export function wordsFor(...preferred: readonly (string | undefined)[]): Words {
  for (const language of preferred) {
    const words = language === undefined ? undefined : languages[primaryLanguage(language)]
    if (words) return words
  }
  return english
}
