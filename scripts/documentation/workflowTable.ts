import {actions, workflow, type Step} from '../../editorial/workflow.ts'
import {needs} from '../../editorial/needs.ts'
import {stageTitle} from '../../editorial/stages.ts'

const pages: Record<NonNullable<Step['page']>, string> = {
  made: 'the story',
  replaced: 'the changed story',
  relabelled: 'the label goes',
  buried: 'the notice, with status 410',
  removed: 'nothing any more',
}

/** Where the table stands in docs/workflow.md. */
export const tableMarks = {
  start: '<!-- table of editorial/workflow.ts: npm run docs -->',
  end: '<!-- end of the table -->',
} as const

/** The workflow as a table in Markdown. */
export function workflowTable(): string {
  const rows = workflow
    .filter(({action}) => action !== 'assign')
    .map(({action, from, to, least, needs: needed, page}) => [
      `\`${action}\``,
      from.map(stageTitle).join(', '),
      stageTitle(to),
      least,
      needed.map((need) => needs[need].words).join('; ') || '–',
      page ? pages[page] : '–',
    ])
  const [assign] = actions.assign.steps
  return [
    ['action', 'from', 'to', 'least role', 'needs', 'readers then see'],
    ['---', '---', '---', '---', '---', '---'],
    ...rows,
    [
      '`assign`',
      'any',
      'the same',
      assign?.least ?? '',
      (assign?.needs ?? []).map((need) => needs[need].words).join('; '),
      '–',
    ],
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** A page with the table as it is now. Throws when the page has no place for it. */
export function withWorkflowTable(page: string): string {
  const start = page.indexOf(tableMarks.start)
  const end = page.indexOf(tableMarks.end)
  if (start === -1 || end < start) {
    throw new Error(`The page has no place for the table: ${tableMarks.start} … ${tableMarks.end}`)
  }
  const before = page.slice(0, start + tableMarks.start.length)
  return `${before}\n\n${workflowTable()}\n\n${page.slice(end)}`
}
