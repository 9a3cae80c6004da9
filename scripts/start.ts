/** `npm start`: the product on one port, its addresses printed, until Ctrl-C or SIGTERM. */
import {spawn} from 'node:child_process'

import {readStartConfig} from './config.ts'
import {createLogger} from './logger.ts'
import {banner} from './product/banner.ts'
import {startProduct, type Product} from './product/product.ts'
import {exitWithSentence} from './sentence.ts'

const announce = (sentence: string): void => console.log(sentence)

try {
  const config = readStartConfig(process.argv.slice(2))
  const clock = {now: () => new Date()}
  const product = await startProduct(config, {clock, logger: createLogger(), announce})
  stopOnSignals(product)
  const {text, studioUrl} = await banner(product, config)
  console.log(text)
  if (config.open) openInBrowser(studioUrl)
} catch (error) {
  exitWithSentence(error)
}

function stopOnSignals(product: Product): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    announce('Stopping: finishing requests in flight and closing the store …')
    try {
      await product.close()
      process.exit(0)
    } catch (error) {
      exitWithSentence(error)
    }
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

function openInBrowser(url: string): void {
  const opener = {darwin: 'open', win32: 'explorer'}[String(process.platform)] ?? 'xdg-open'
  const child = spawn(opener, [url], {stdio: 'ignore', detached: true})
  child.once('error', () => announce(`No browser could be opened. Open ${url} yourself.`))
  child.unref()
}
