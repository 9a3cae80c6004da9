/** Brings what the tests need beside npm's packages: a Chromium, and `strace` for the test of syncs to disk. */
import {spawnSync} from 'node:child_process'

import {canInstallDebianPackages, installDebianPackages} from './debian.ts'
import {findBrowser, installBrowser} from './product/browser.ts'

if (findBrowser() === undefined) endWith(installBrowser())
if (process.platform === 'linux' && !hasStrace()) endWith(installStrace())

function installStrace(): string | undefined {
  if (canInstallDebianPackages()) installDebianPackages('strace')
  if (hasStrace()) return undefined
  return 'The durability test watches the disk with strace, which is missing. Install it (Debian: apt-get install strace) and run the tests again.'
}

function hasStrace(): boolean {
  return spawnSync('strace', ['-V']).status === 0
}

function endWith(failure: string | undefined): void {
  if (failure === undefined) return
  console.error(failure)
  process.exit(1)
}
