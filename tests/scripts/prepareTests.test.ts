import {readFile, writeFile} from 'node:fs/promises'
import {chmod} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {temporaryFolder} from './support/files.ts'
import {runScript} from './support/script.ts'

/** No Playwright download, and no program but those that a test puts there. */
function bareMachine(folder: string, more: {[name: string]: string} = {}) {
  return {env: {PATH: folder, PLAYWRIGHT_BROWSERS_PATH: folder, ...more}}
}

test('a CHROME_PATH that names no program is told, and nothing is installed', async () => {
  const folder = temporaryFolder()
  const missing = join(folder, 'chromium')
  for (const chosen of [missing, folder]) {
    expect(await runScript('prepare-tests', [], {env: {CHROME_PATH: chosen}})).toEqual({
      code: 1,
      signal: null,
      out: '',
      err: `CHROME_PATH names ${chosen}, which cannot be run. Correct it, or unset it to use the system's Chromium.\n`,
    })
  }
})

test.runIf(process.getuid?.() === 0)(
  'a Chromium that cannot be installed is told in one sentence',
  async () => {
    const answer = await runScript('prepare-tests', [], bareMachine(temporaryFolder()))
    expect(answer).toMatchObject({
      code: 1,
      err: 'The browser tests need Chromium, and it could not be installed. Install it (Debian: apt-get install chromium) or set CHROME_PATH to one, then run the tests again.\n',
    })
  },
)

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'package lists are fetched before strace is installed, and a failure is one sentence',
  async () => {
    const folder = temporaryFolder()
    const asked = join(folder, 'asked')
    await program(join(folder, 'chromium'), '')
    await program(join(folder, 'apt-get'), `echo "$@" >> ${asked}`)
    expect(await runScript('prepare-tests', [], bareMachine(folder))).toEqual({
      code: 1,
      signal: null,
      out: '',
      err: 'The durability test watches the disk with strace, which is missing. Install it (Debian: apt-get install strace) and run the tests again.\n',
    })
    expect(await readFile(asked, 'utf8')).toBe(
      'update -qq\ninstall -y -qq --no-install-recommends strace\n',
    )
  },
)

async function program(file: string, line: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${line}\n`)
  await chmod(file, 0o755)
}
