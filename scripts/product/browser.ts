import {accessSync, constants, statSync} from 'node:fs'
import {delimiter, join} from 'node:path'

import {chromium} from 'playwright-core'

import {canInstallDebianPackages, installDebianPackages, runVisibly} from '../debian.ts'

const projectDirectory = join(import.meta.dirname, '..', '..')
const playwright = join(projectDirectory, 'node_modules', 'playwright-core', 'cli.js')

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
  console.log('No Chromium found; installing one for the browser tests …')
  const worked = canInstallDebianPackages()
    ? installDebianPackages('chromium', 'fonts-liberation')
    : runVisibly(process.execPath, playwright, 'install', 'chromium')
  if (worked && findBrowser() !== undefined) return undefined
  return 'The browser tests need Chromium, and it could not be installed. Install it (Debian: apt-get install chromium) or set CHROME_PATH to one, then run the tests again.'
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
