import type {RunningLake} from './startLake.ts'

export type Answer = {status: number; headers: Headers; text: string; body: unknown}

/** One request to the lake by its path from the version on, with a token; `json` is posted. */
export async function ask(
  lake: RunningLake,
  path: string,
  {token, json, headers = {}}: {token?: string; json?: unknown; headers?: object} = {},
): Promise<Answer> {
  const answer = await fetch(lake.url + path, {
    ...(json === undefined ? {} : {method: 'POST', body: JSON.stringify(json)}),
    headers: {
      ...(token === undefined ? {} : {authorization: `Bearer ${token}`}),
      ...(json === undefined ? {} : {'content-type': 'application/json'}),
      ...headers,
    },
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json')
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  }
}
