/** `npm start`: the product on one port, its addresses printed, until Ctrl-C or SIGTERM. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'

import {readStartConfig} from './config.ts'
import {createLogger} from './logger.ts'
import {banner} from './product/banner.ts'
import {exitWithSentence} from './sentence.ts'

/** How often it is looked whether npm is still there. */
const parentCheckMilliseconds = 500

const announce = (sentence: string): void => console.log(sentence)
const stopping = abortedBySignals()

try {
  const config = readStartConfig(process.argv.slice(2))
  const clock = {now: () => new Date()}
  const logger = createLogger(config.logLevel)
  // Loaded only now, so that a mistyped flag is answered at once.
  const {startProduct} = await import('./product/product.ts')
  const product = await startProduct(config, {clock, logger, announce, stopping})
  const {text, studioUrl} = await banner(product, config)
  console.log(text)
  if (config.open) openInBrowser(studioUrl)
  if (!stopping.aborted) await once(stopping, 'abort')
  announce('Stopping: finishing requests in flight and closing the store …')
  await product.close()
} catch (error) {
  if (!stopping.aborted || error !== stopping.reason) exitWithSentence(error)
}
process.exit(0)

/** A second Ctrl-C, and the one that npm passes on, change nothing: the first is being followed. */
function abortedBySignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => controller.abort())
  }
  // A SIGTERM for `npm start` ends npm and its shell, which do not pass it on; nobody would know of us any more.
  const parent = process.ppid
  const lookForParent = () => {
    if (process.ppid !== parent) controller.abort()
  }
  if (process.env['npm_lifecycle_event'] !== undefined) {
    setInterval(lookForParent, parentCheckMilliseconds).unref()
  }
  return controller.signal
}

function openInBrowser(url: string): void {
  const opener = {darwin: 'open', win32: 'explorer'}[String(process.platform)] ?? 'xdg-open'
  const child = spawn(opener, [url], {stdio: 'ignore', detached: true})
  child.once('error', () => announce(`No browser could be opened. Open ${url} yourself.`))
  child.unref()
}
