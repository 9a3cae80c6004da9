import {afterAll, beforeAll, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let token: string
const ids: string[] = []

beforeAll(async () => {
  lake = await startLake()
  token = await lake.tokenFor('viewer')
  for (const name of ['Ada', 'Dora']) {
    await lake.signIn('editor', name)
    const user = await lake.lake.accounts.users.byName(name)
    ids.push(user?.id ?? '')
  }
})
afterAll(() => lake.close())

async function users(list: string) {
  const {status, body} = await ask(lake, `/v2021-06-07/users/${list}`, {token})
  return [status, body]
}

const person = (id: string | undefined, displayName: string) => ({
  id,
  displayName,
  imageUrl: null,
  createdAt: expect.stringMatching(/Z$/),
  isCurrentUser: false,
  provider: 'link',
})

test('one id is answered by one user, several by a list with its gaps', async () => {
  const [ada, dora] = ids

  expect(await users(`${ada}`)).toEqual([200, person(ada, 'Ada')])
  expect(await users(`${dora},nobody,${ada}`)).toEqual([
    200,
    [person(dora, 'Dora'), null, person(ada, 'Ada')],
  ])
  expect(await users('nobody,neither')).toEqual([200, [null, null]])
})

test('a single user that is not there is 404, which the Studio takes for no user', async () => {
  expect(await users('nobody')).toEqual([
    404,
    {statusCode: 404, error: 'Not Found', message: 'There is no user with the id "nobody".'},
  ])
})

test('who is signed in has a role, without which the Studio turns away', async () => {
  const {body} = await ask(lake, '/v2026-05-04/users/me', {token})

  expect(body).toEqual({
    id: expect.stringMatching(/./),
    name: expect.stringMatching(/^viewer/),
    email: '',
    profileImage: null,
    provider: 'link',
    role: 'viewer',
    roles: [{name: 'viewer', title: 'Viewer'}],
  })
})
