import {saysSomething, textOf} from './text.ts'

type Problem = {message: string; path: [{_key: string}, string]}

/** An error in the field: a heading with nothing under it is a hole in the page. */
export function sectionSaysSomething(body: unknown): true | string {
  return saysSomething(body)
    ? true
    : 'This section is empty. Write at least one paragraph, or remove the section.'
}

/** A warning at each heading that another section has too; readers who jump by headings cannot tell them apart. */
export function headingsDiffer(sections: unknown): true | Problem[] {
  if (!Array.isArray(sections)) return true
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const section of sections) {
    const heading = textOf(section, 'heading')?.trim()
    const key = textOf(section, '_key')
    if (!heading || key === undefined) continue
    const plain = heading.toLowerCase()
    if (seen.has(plain)) {
      problems.push({
        message: `Another section is called “${heading}” too. Give this one its own heading.`,
        path: [{_key: key}, 'heading'],
      })
    }
    seen.add(plain)
  }
  return problems.length === 0 ? true : problems
}
