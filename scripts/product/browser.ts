import {spawnSync} from 'node:child_process'
import {accessSync, constants, existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'

import {chromium} from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The Chromium that tests drive: `CHROME_PATH`, else the system's, else Playwright's own download. */
export function findBrowser(): string | undefined {
  const chosen = process.env['CHROME_PATH']
  if (chosen !== undefined && chosen !== '') return isExecutable(chosen) ? chosen : undefined
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutable)
  if (found !== undefined) return found
  const downloaded = chromium.executablePath()
  return isExecutable(downloaded) ? downloaded : undefined
}

/**
 * Installs a Chromium where there is none: Debian's package for root, Playwright's download elsewhere.
 * Answers the sentence to tell when neither worked.
 */
export function installBrowser(): string | undefined {
  if (process.env['CHROME_PATH']) {
    return `CHROME_PATH names ${process.env['CHROME_PATH']}, which cannot be run. Correct it, or unset it to use the system's Chromium.`
  }
  const asRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const worked = asRoot
    ? run('apt-get', ['update', '-qq']) &&
      run('apt-get', [
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium',
        'fonts-liberation',
      ])
    : run(process.execPath, [
        join('node_modules', 'playwright-core', 'cli.js'),
        'install',
        'chromium',
      ])
  if (worked && findBrowser() !== undefined) return undefined
  return 'The browser tests need Chromium, and it could not be installed. Install it (Debian: apt-get install chromium) or set CHROME_PATH to one, then run the tests again.'
}

function run(command: string, args: readonly string[]): boolean {
  const environment = {...process.env, DEBIAN_FRONTEND: 'noninteractive'}
  return spawnSync(command, args, {stdio: 'inherit', env: environment}).status === 0
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
