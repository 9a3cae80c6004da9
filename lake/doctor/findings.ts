/**
 * Something that an examination found. A `fault` is wrong and needs a person; a `note` is not wrong, only
 * worth knowing.
 */
export type Finding = {severity: 'fault' | 'note'; code: string; sentence: string}

export type Findings = {
  fault(code: string, sentence: string): void
  note(code: string, sentence: string): void
  /** What was found, in the order in which it was; of each code the first few, and how many more there are. */
  list(): Finding[]
}

/** A damaged file can be wrong in a million places; a person reads this many of each kind. */
const shownOfEach = 5

/** Collects findings about one part of a data folder; `where` begins every sentence, as in `Dataset "production": `. */
export function createFindings(where: string): Findings {
  const found = new Map<string, {shown: Finding[]; more: number; severity: Finding['severity']}>()
  const add = (severity: Finding['severity'], code: string, sentence: string) => {
    const kind = found.get(code) ?? {shown: [], more: 0, severity}
    if (kind.shown.length < shownOfEach)
      kind.shown.push({severity, code, sentence: where + sentence})
    else kind.more += 1
    found.set(code, kind)
  }
  return {
    fault: (code, sentence) => add('fault', code, sentence),
    note: (code, sentence) => add('note', code, sentence),
    list: () =>
      [...found].flatMap(([code, {shown, more, severity}]) =>
        more === 0
          ? shown
          : [
              ...shown,
              {severity, code, sentence: `${where}${more} more of the same kind as the last.`},
            ],
      ),
  }
}
