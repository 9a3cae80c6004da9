import {dateAtEnd} from './dates.ts'
import {fold} from './fold.ts'
import {filePhotoMarks} from './furnitureWords.ts'
import {holdsSentences} from './sentences.ts'

/** What a caption says beside what the picture shows. */
export type CaptionFacts = {
  credit?: string
  /** The day it was taken, `YYYY-MM-DD`. */
  takenAt?: string
  place?: string
  filePhoto?: true
}

const AGENCIES =
  'AP|AFP|Reuters|REUTERS|EPA|EPA-EFE|EFE|TASS|ТАСС|РИА|UNIAN|УНІАН|Xinhua|Anadolu|DPA|Getty|Getty Images|VOA|RFE/RL|RFERL|RFA|Kyodo|Yonhap|UPI|PAP|ANSA|IRNA|ISNA|IMAGO|Shutterstock'
const PHOTO_WORDS =
  'Photograph|Photo|Photos|Picture|Image|Фото|Foto|Fotografía|Fotoğraf|عکس|صورة|تصویر|ლუსტრაცია|ფოტო|լուսանկար|Ảnh|图|사진'
const creditInBrackets = new RegExp(
  String.raw`[(（]((?:${PHOTO_WORDS})\s*[:：by]+\s*[^()（）]+|(?:[^()（）]*[\s/])?(?:${AGENCIES})(?:[\s/,][^()（）]*)?|[^()（）]*\b(?:AP|AFP|VOA) Photo[^()（）]*)[)）]\.?\s*$`,
  'u',
)
const creditAfterWord = new RegExp(
  String.raw`(?:^|[.!?…)]\s+|[,;]\s*|\s[-–—|]\s*)(?:${PHOTO_WORDS})(?:graph)?(?:\s+by|\s+credit)?\s*[:：]\s*([^.:]{2,80})\.?\s*$`,
  'iu',
)

const photoWordBefore = new RegExp(`^(?:${PHOTO_WORDS})\\s*(?:[:：]|by\\s)\\s*`, 'iu')

// A place is read only where names are not inflected after the preposition.
const PLACE_PREPOSITIONS = 'in|at|near|outside|off|over|en|à|em|di|bei|tại|ở|cerca de'
const NAME = String.raw`\p{Lu}[\p{L}\p{M}'’.-]*(?:\s+(?:(?:of|de|del|la|al)\s+)?\p{Lu}[\p{L}\p{M}'’.-]*){0,3}`
const namedPlace = new RegExp(
  String.raw`(?:^|\s)(?:${PLACE_PREPOSITIONS})\s+(?:\p{Ll}+\s+){0,2}(${NAME}(?:,\s+${NAME}){1,2})(?=,)`,
  'gu',
)
const placeBeforeDate = new RegExp(
  String.raw`(?:^|\s)(?:${PLACE_PREPOSITIONS})\s+(?:\p{Ll}+\s+)?(${NAME}(?:,\s+${NAME})?)(?:,|\s+on|\s+el|\s+le|\s+am)?\s*$`,
  'u',
)

/** Reads the credit, the day, the place and the archive mark out of a caption; the caption itself stays whole. */
export function readCaption(caption: string): CaptionFacts {
  const {rest, credit} = withoutCredit(caption)
  const day = dateAtEnd(withoutFileMark(rest))
  const place = day && placeIn(withoutFileMark(rest).slice(0, day.start))
  return {
    ...(credit === undefined ? {} : {credit}),
    ...(day === undefined ? {} : {takenAt: day.date}),
    ...(place === undefined ? {} : {place}),
    ...(filePhotoMarks.test(caption) ? {filePhoto: true as const} : {}),
  }
}

/**
 * Whether a line that stands once reads like a caption: it begins with "FILE -", ends in a picture
 * credit, or is one sentence that ends in a day set off by a comma ("…, Port Selin, Dec. 9, 2031.").
 */
export function isCaptionLike(text: string): boolean {
  if (filePhotoMarks.test(text)) return true
  const {rest, credit} = withoutCredit(text)
  if (credit !== undefined) return [...text].length <= 500
  if (holdsSentences(text) || [...text].length > 300) return false
  const day = dateAtEnd(rest)
  return day !== undefined && day.start > 0 && /[,،，]\s*$/u.test(rest.slice(0, day.start))
}

/** Whether two lines say the same, spaces and invisible marks apart. */
export function sameText(first: string, second: string): boolean {
  return fold(first) === fold(second)
}

function withoutCredit(caption: string): {rest: string; credit?: string} {
  for (const form of [creditInBrackets, creditAfterWord]) {
    const match = form.exec(caption)
    if (match?.[1] !== undefined) {
      const kept = /^[.!?…)]/u.test(match[0]) ? match[0].slice(0, 1) : ''
      return {
        rest: (caption.slice(0, match.index) + kept).trim(),
        credit: match[1].replace(photoWordBefore, '').trim(),
      }
    }
  }
  return {rest: caption}
}

function withoutFileMark(text: string): string {
  return text.replace(filePhotoMarks, '').trim()
}

/** "Moscow, Russia" of "… near Moscow, Russia, March 23, 2016": the last place named with its country, or the one before the day. */
function placeIn(beforeDay: string): string | undefined {
  const direct = placeBeforeDate.exec(beforeDay)?.[1]
  const named = [...beforeDay.matchAll(namedPlace)].at(-1)?.[1]
  return named ?? direct
}
