/** Brings what the tests need beside npm's packages: a Chromium, and `strace` for the test of syncs to disk. */
import {spawnSync} from 'node:child_process'

import {findBrowser, installBrowser} from './product/browser.ts'

if (findBrowser() === undefined) {
  console.log('No Chromium found; installing one for the browser tests …')
  const failure = installBrowser()
  if (failure !== undefined) {
    console.error(failure)
    process.exit(1)
  }
}

if (process.platform === 'linux' && spawnSync('strace', ['-V']).status !== 0) {
  if (process.getuid?.() === 0) {
    spawnSync('apt-get', ['install', '-y', '-qq', 'strace'], {stdio: 'inherit'})
  }
  if (spawnSync('strace', ['-V']).status !== 0) {
    console.error(
      'The durability test watches the disk with strace, which is missing. Install it (Debian: apt-get install strace) and run the tests again.',
    )
    process.exit(1)
  }
}
