import type {Page} from 'playwright-core'

/** Keeps back what a page asks of an endpoint with some words in it, until it is let through. */
export async function holdBack(
  page: Page,
  words: string,
  endpoint: string,
): Promise<() => Promise<void>> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const pattern = `**/${endpoint}/**`
  await page.route(pattern, async (route) => {
    const {url, body} = {url: route.request().url(), body: route.request().postData() ?? ''}
    if (decodeURIComponent(url).includes(words) || body.includes(words)) await released
    await route.fallback()
  })
  return async () => {
    release()
    await page.unroute(pattern, undefined)
  }
}

/** What a page writes arrives, but the answer does not, and nothing else does either. Answers how to end that. */
export async function loseAnswers(page: Page): Promise<() => Promise<void>> {
  const everything = '**/data/**'
  let lost = false
  await page.route(everything, async (route) => {
    if (route.request().url().includes('/data/mutate/')) {
      lost = true
      await route.fetch()
      return await route.abort()
    }
    return await (lost ? route.abort() : route.fallback())
  })
  return () => page.unroute(everything)
}
