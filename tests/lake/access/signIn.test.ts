import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {allBytes} from '../support/allBytes.ts'
import {rawRequest} from '../support/rawRequest.ts'
import {movableClock, startLake, type RunningLake} from '../support/startLake.ts'

const minute = 60_000
const day = 24 * 60 * minute

let clock: ReturnType<typeof movableClock>
let running: RunningLake

beforeEach(async () => {
  clock = movableClock()
  running = await startLake({clock})
  await running.lake.accounts.users.add({name: 'Anna', role: 'editor'})
})

afterEach(async () => {
  await running.close()
})

async function newLink(): Promise<{href: string; code: string}> {
  const url = new URL(await running.lake.signInUrl('Anna'))
  return {href: url.href, code: url.searchParams.get('code') ?? ''}
}

function press(code: string, fields: {[name: string]: string} = {}, headers = {}) {
  return fetch(`${running.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: {origin: running.url, ...headers},
    body: new URLSearchParams({code, ...fields}),
  })
}

async function whoAmI(cookie: string) {
  const answer = await fetch(`${running.url}/v2026-05-04/users/me`, {headers: {cookie}})
  return {status: answer.status, body: await answer.json()}
}

describe('a sign-in link', () => {
  test('shows one button with the name, and pressing it signs in', async () => {
    const {href, code} = await newLink()

    const page = await fetch(href)
    const text = await page.text()
    expect({status: page.status, type: page.headers.get('content-type')}).toEqual({
      status: 200,
      type: 'text/html; charset=UTF-8',
    })
    expect(text.match(/<button[^>]*>([^<]*)<\/button>/g)).toEqual([
      '<button type="submit" autofocus>Sign in as Anna</button>',
    ])

    const pressed = await press(code)
    expect({status: pressed.status, location: pressed.headers.get('location')}).toEqual({
      status: 303,
      location: '/studio',
    })
    const cookie = pressed.headers.get('set-cookie')?.split(';')[0] ?? ''
    const [anna] = await running.lake.accounts.users.list('person')
    expect(await whoAmI(cookie)).toEqual({
      status: 200,
      body: {
        id: anna?.id,
        name: 'Anna',
        email: '',
        profileImage: null,
        provider: 'link',
        role: 'editor',
        roles: [{name: 'editor', title: 'Editor'}],
      },
    })
    expect(anna?.id).toMatch(/^u[a-z0-9]+$/)
  })

  test('is not used up by looking at it', async () => {
    const {href, code} = await newLink()
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) {
      await (await fetch(href, {method})).text()
    }
    expect((await press(code)).status).toBe(303)
  })

  test('works once', async () => {
    const {href, code} = await newLink()
    expect((await press(code)).status).toBe(303)

    const again = await press(code)
    expect({status: again.status, cookie: again.headers.get('set-cookie')}).toEqual({
      status: 410,
      cookie: null,
    })
    const text = await again.text()
    expect(text).toContain('This link was used already')
    expect(text).toContain('npm run user -- link Anna')
    expect((await fetch(href)).status).toBe(410)
  })

  test('gives exactly one session when its button is pressed twice at once', async () => {
    const {code} = await newLink()
    const statuses = (await Promise.all([press(code), press(code)])).map(({status}) => status)
    expect(statuses.toSorted()).toEqual([303, 410])
  })

  test('works for 15 minutes and not a moment longer', async () => {
    const inTime = await newLink()
    const late = await newLink()
    clock.advance(15 * minute - 1)
    expect((await press(inTime.code)).status).toBe(303)
    clock.advance(1)

    const answer = await press(late.code)
    expect(answer.status).toBe(410)
    const text = await answer.text()
    expect(text).toContain('This link is too old')
    expect(text).toContain('npm run user -- link Anna')
  })

  test('that is unknown says so, and names nobody', async () => {
    for (const answer of [
      await fetch(`${running.url}/sign-in?code=${'x'.repeat(43)}`),
      await press('x'.repeat(43)),
      await press(''),
    ]) {
      expect(answer.status).toBe(404)
      const text = await answer.text()
      expect(text).toContain('This link does not work')
      expect(text).toContain('npm run user -- link NAME')
    }
  })

  test('dies with its user', async () => {
    const {code} = await newLink()
    await running.lake.accounts.users.revoke('Anna')
    expect((await press(code)).status).toBe(404)
  })

  test('of one user survives when another link is made', async () => {
    const first = await newLink()
    await newLink()
    expect((await press(first.code)).status).toBe(303)
  })
})

describe('the session cookie', () => {
  test('is for this server alone and out of the reach of scripts', async () => {
    const {code} = await newLink()
    const answer = await press(code)
    const [pair, ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ')
    const port = new URL(running.url).port
    expect(pair).toMatch(new RegExp(`^testing_session_${port}=[\\w-]{43}$`))
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax'])
  })

  test('is Secure when the browser came over https', async () => {
    await running.close()
    running = await startLake({clock, publicUrl: 'https://cms.example.com'})
    await running.lake.accounts.users.add({name: 'Anna', role: 'editor'})
    const {code} = await newLink()
    const answer = await rawRequest(`${running.url}/sign-in`, {
      method: 'POST',
      headers: {
        host: 'cms.example.com',
        origin: 'https://cms.example.com',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `code=${code}`,
    })
    const cookie = String(answer.headers['set-cookie'])
    expect(answer.status).toBe(303)
    expect(cookie).toMatch(/^testing_session_443=/)
    expect(cookie.split('; ')).toContain('Secure')
  })

  test('ends after 30 days with the code on which the Studio signs out', async () => {
    const cookie = await running.signIn('editor')
    clock.advance(30 * day - 1)
    expect((await whoAmI(cookie)).status).toBe(200)
    clock.advance(1)
    expect(await whoAmI(cookie)).toEqual({
      status: 401,
      body: {
        statusCode: 401,
        error: 'Unauthorized',
        message: 'Session is expired, please re-authenticate',
        errorCode: 'SIO-401-AEX',
      },
    })
  })

  test('of a revoked user is refused with the next request', async () => {
    const cookie = await running.signIn('editor', 'Bob')
    expect((await whoAmI(cookie)).status).toBe(200)
    await running.lake.accounts.users.revoke('bob')
    expect(await whoAmI(cookie)).toEqual({
      status: 401,
      body: {
        statusCode: 401,
        error: 'Unauthorized',
        message: 'Session not found',
        errorCode: 'SIO-401-ANF',
      },
    })
  })

  test('stands nowhere on disk', async () => {
    const cookie = await running.signIn('editor')
    const {code} = await newLink()
    const secret = cookie.split('=')[1] ?? ''
    expect(secret).not.toBe('')
    const bytes = await allBytes(running.dataDirectory)
    expect([bytes.includes(secret), bytes.includes(code)]).toEqual([false, false])
  })
})

describe('signing out', () => {
  test('ends the session for good', async () => {
    const cookie = await running.signIn('editor')
    const headers = {cookie, origin: running.url}
    const answer = await fetch(`${running.url}/v1/auth/logout`, {method: 'POST', headers})
    expect({status: answer.status, cookie: answer.headers.get('set-cookie')}).toEqual({
      status: 204,
      cookie: `${cookie.split('=')[0]}=; Max-Age=0; Path=/`,
    })
    expect((await whoAmI(cookie)).status).toBe(401)
    const again = await fetch(`${running.url}/v1/auth/logout`, {method: 'POST', headers})
    expect(again.status).toBe(204)
  })

  test('works from the page too, but not from another site', async () => {
    const cookie = await running.signIn('editor', 'Carla')
    const page = await (await fetch(`${running.url}/sign-in`, {headers: {cookie}})).text()
    expect(page).toContain('You are signed in as Carla')

    const foreign = await fetch(`${running.url}/sign-out`, {
      method: 'POST',
      headers: {cookie, origin: 'https://evil.example'},
    })
    expect(foreign.status).toBe(403)
    expect((await whoAmI(cookie)).status).toBe(200)

    const own = await fetch(`${running.url}/sign-out`, {
      method: 'POST',
      headers: {cookie, origin: running.url},
    })
    expect(own.status).toBe(200)
    expect((await whoAmI(cookie)).status).toBe(401)
  })
})

describe('the pages', () => {
  test('run nothing, load nothing, and may stand in no frame', async () => {
    const {href} = await newLink()
    for (const url of [href, `${running.url}/sign-in`]) {
      const page = await fetch(url)
      const policy = page.headers.get('content-security-policy') ?? ''
      expect(policy.replace(/'sha256-[^']+'/, 'HASH')).toBe(
        "default-src 'none'; style-src HASH; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      )
      expect({
        cache: page.headers.get('cache-control'),
        referrer: page.headers.get('referrer-policy'),
        sniffing: page.headers.get('x-content-type-options'),
      }).toEqual({cache: 'no-store', referrer: 'same-origin', sniffing: 'nosniff'})
      const text = await page.text()
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? ''
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
      expect(policy).toContain(`'sha256-${Buffer.from(hash).toString('base64')}'`)
      expect(text).not.toMatch(/<script|<link|<img|https?:\/\//)
    }
  })

  test('show a name as text, whatever it holds', async () => {
    const name = '<b onclick="x">"Zoë" & Co</b>'
    await running.lake.accounts.users.add({name, role: 'editor'})
    const page = await (await fetch(await running.lake.signInUrl(name))).text()
    expect(page).not.toContain('<b ')
    expect(page).toContain('&lt;b onclick=&quot;x&quot;&gt;&quot;Zoë&quot; &amp; Co&lt;/b&gt;')
  })

  test('lead back only to paths of this server', async () => {
    const wanted = {
      '/studio/structure?a=1#x': '/studio/structure?a=1#x',
      '//evil.example': '/studio',
      '/\\evil.example': '/studio',
      '/.//evil.example': '/studio',
      '/\t/evil.example': '/studio',
      'https://evil.example/': '/studio',
      'javascript:alert(1)': '/studio',
      '': '/studio',
    }
    const reached: {[wanted: string]: string | null} = {}
    for (const path of Object.keys(wanted)) {
      const {code} = await newLink()
      const pressed = await press(code, {return: path})
      reached[path] = pressed.headers.get('location')
    }
    expect(reached).toEqual(wanted)
  })

  test('refuse a form that another site sends, and leave the link unused', async () => {
    const {code} = await newLink()
    for (const headers of [
      {origin: 'https://evil.example'},
      {origin: 'null'},
      {origin: 'http://localhost:1'},
    ]) {
      expect((await press(code, {}, headers)).status).toBe(403)
    }
    expect((await press(code)).status).toBe(303)
  })
})

test("the Studio's login screen leads to the page that says how to get a link", async () => {
  const answer = await fetch(`${running.url}/v1/auth/providers`)
  const body: unknown = await answer.json()
  expect(body).toEqual({
    providers: [{name: 'testing', title: 'Sign-in link', url: `${running.url}/sign-in`}],
    thirdPartyLogin: false,
  })
  const page = await (await fetch(`${running.url}/sign-in?origin=x&projectId=testing`)).text()
  expect(page).toContain('npm run user -- link NAME')
})
