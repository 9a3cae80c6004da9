import type {Lake} from '../../lake/server.ts'
import type {StartConfig} from '../config.ts'
import type {Product} from './product.ts'

const firstAdministrator = 'Administrator'

/** What `npm start` prints once the product answers: every address that a person needs, and how to stop. */
export async function banner(
  product: Product,
  config: StartConfig,
): Promise<{text: string; studioUrl: string}> {
  const {origin, lake} = product
  if (lake === undefined) {
    return {text: hostedBanner(product, config), studioUrl: `${origin}/studio`}
  }
  const user = await administratorOf(lake)
  const link = await lake.signInUrl(user.name)
  const text = [
    '',
    '  Dateline is running.',
    '',
    `  Site      ${origin}/`,
    `  Studio    ${link}`,
    `            signs you in as ${user.name}: works once, within 15 minutes`,
    `  API       ${origin}/v2025-02-19/data/query/${config.dataset}?query=*[_type=="article"]`,
    `  Data      ${config.dataDirectory}`,
    ...behindProxy(product, config),
    '',
    '  Another sign-in link:  npm run user -- link ' + quoted(user.name),
    '  Stop:                  Ctrl-C',
    '',
  ].join('\n')
  return {text, studioUrl: link}
}

/** The first administrator; made on the first start, so that somebody can sign in and add the others. */
async function administratorOf({accounts}: Lake) {
  const people = await accounts.users.list('person')
  const existing = people.find(({role}) => role === 'administrator')
  return existing ?? (await accounts.users.add({name: firstAdministrator, role: 'administrator'}))
}

function hostedBanner({origin, ...product}: Product, config: StartConfig): string {
  return [
    '',
    "  Dateline is running on Sanity's hosted Content Lake.",
    '',
    `  Site      ${origin}/`,
    `  Studio    ${origin}/studio`,
    `  Lake      project ${config.projectId}, dataset ${config.dataset}`,
    ...behindProxy(product, config),
    '',
    '  Stop:     Ctrl-C',
    '',
  ].join('\n')
}

/** With `--url`, the addresses above are the proxy's; this is the one it needs. */
function behindProxy({listensAt}: Pick<Product, 'listensAt'>, {publicUrl}: StartConfig): string[] {
  return publicUrl === undefined ? [] : [`  Proxy to  ${listensAt}`]
}

function quoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name)
}
