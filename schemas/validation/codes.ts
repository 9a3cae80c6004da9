/** An error: browsers, hyphenation and feeds go by the language tag (BCP 47). */
export function languageIsTag(language: string | undefined): true | string {
  if (!language) return 'Choose the language the story is written in, as in “en” or “uk”.'
  const canonical = canonicalTag(language)
  if (canonical === undefined)
    return `“${language}” is no language tag. Write one like “en”, “en-GB” or “uk”.`
  return canonical === language ? true : `Write this language as “${canonical}”.`
}

/** An error: times on the site are shown in a zone that exists, by its IANA name. */
export function timeZoneExists(timeZone: string | undefined): true | string {
  if (!timeZone) return true
  try {
    new Intl.DateTimeFormat('en', {timeZone}).format()
    return true
  } catch {
    return `There is no time zone “${timeZone}”. Write one like “Europe/Prague” or “UTC”.`
  }
}

/** An error: subject codes are IPTC Media Topics. */
export function mediatopicIsCode(code: string | undefined): true | string {
  return !code || /^medtop:\d{8}$/.test(code)
    ? true
    : 'Write the IPTC Media Topics code, as in “medtop:11000000”.'
}

function canonicalTag(tag: string): string | undefined {
  // The grammar leaves room for names of five letters and more, but no language has one: "english" is a slip.
  if (!/^[a-z]{2,3}(?:-|$)/i.test(tag)) return undefined
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}
