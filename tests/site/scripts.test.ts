import {execFile} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'

import {expect, test} from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the browser’s scripts are served as they are written, and their types hold', async () => {
  const run = promisify(execFile)(`${root}node_modules/.bin/tsc`, ['-p', 'site/assets'], {
    cwd: root,
  })
  expect(await run).toEqual({stdout: '', stderr: ''})
})
