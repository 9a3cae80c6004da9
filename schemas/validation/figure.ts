import {isRecord, textOf} from './text.ts'

type InFigure = {parent?: unknown}

/** A warning: an alternative text that repeats the caption is read out twice and describes nothing. */
export function altDescribes(alt: string | undefined, {parent}: InFigure): true | string {
  const caption = textOf(parent, 'caption')
  if (!alt?.trim() || !caption) return true
  return plain(alt) === plain(caption) ? 'Describe the picture for someone who cannot see it' : true
}

/** A warning: an imported figure may come without its picture; readers then see a frame in its place. */
export function pictureIsThere(image: unknown): true | string {
  return isRecord(image) && isRecord(image['asset'])
    ? true
    : 'Add the picture. Until then readers see an empty frame with the words “Picture missing”.'
}

/** A warning: pictures are somebody's work. */
export function creditIsThere(credit: string | undefined): true | string {
  return credit?.trim()
    ? true
    : 'Say who took the picture and for whom, as in “Maria Lopez / Reuters”.'
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase()
}
