/** `npm run docs`: writes the tables of docs/ that come from the code. */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {withWorkflowTable} from './documentation/workflowTable.ts'

const page = join(import.meta.dirname, '..', 'docs', 'workflow.md')
await writeFile(page, withWorkflowTable(await readFile(page, 'utf8')))
