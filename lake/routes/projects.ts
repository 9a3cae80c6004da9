import {Hono, type Context} from 'hono'

import type {Caller} from '../access/caller.ts'
import type {Callers} from '../access/callers.ts'
import {anonymousGrants, type Role} from '../access/roles.ts'
import {httpError} from '../errors.ts'
import type {Accounts} from '../store/accounts.ts'
import type {LakeHonoEnv} from './environment.ts'
import {signedIn} from './guards.ts'

/** `projects/…`: the one project, its datasets, and what the caller may do in them. */
export function projectsRoutes(parts: {
  accounts: Accounts
  callers: Callers
  roles: readonly Role[]
  productName: string
}): Hono<LakeHonoEnv> {
  const {accounts, callers, roles, productName} = parts
  const routes = new Hono<LakeHonoEnv>()

  const members = async (caller: Caller) => {
    const people = await accounts.users.list('person')
    return people.map(({id, role, createdAt}) => ({
      id,
      createdAt,
      isCurrentUser: caller.kind !== 'anonymous' && caller.userId === id,
      isRobot: false,
      roles: [{name: role, title: callers.role(role)?.title ?? role}],
    }))
  }

  const describe = async (context: Context<LakeHonoEnv>) => ({
    id: context.var.projectId,
    displayName: productName,
    // A value here makes the Studio call organisation services that do not exist here.
    organizationId: null,
    studioHost: null,
    isBlocked: false,
    isDisabled: false,
    isDisabledByUser: false,
    members:
      context.req.query('includeMembers') === 'false' ? [] : await members(context.var.caller),
    features: [],
    metadata: {},
    createdAt: (await accounts.datasets.list())[0]?.createdAt ?? null,
  })

  routes.use('/projects/:project/*', async (context, next) => {
    const project = context.req.param('project')
    if (project !== context.var.projectId) throw projectUnknown(project, context.var.projectId)
    return await next()
  })
  routes.get('/projects', signedIn, async (context) => context.json([await describe(context)]))
  routes.get('/projects/:project', signedIn, async (context) =>
    context.json(await describe(context)),
  )
  routes.on('GET', ['/datasets', '/projects/:project/datasets'], signedIn, async (context) => {
    // Comments and tasks would live in an add-on dataset. There is none, so they are off.
    if (context.req.query('datasetProfile') !== undefined) return context.json([])
    const datasets = await accounts.datasets.list()
    return context.json(
      datasets.map(({name, createdAt}) => ({name, aclMode: 'public', createdAt, tags: []})),
    )
  })
  routes.get('/projects/:project/datasets/:dataset/acl', (context) => {
    const {caller} = context.var
    if (caller.kind === 'anonymous') return context.json(anonymousGrants)
    return context.json(caller.roles.flatMap((name) => callers.role(name)?.grants ?? []))
  })
  // Project grants open only the upload of schemas to the hosted dashboard.
  routes.get('/projects/:project/grants', (context) => context.json({}))
  routes.get('/projects/:project/roles', signedIn, (context) =>
    context.json(
      roles.map(({name, title, description}) => ({
        name,
        title,
        description,
        isCustom: false,
        isRootRole: false,
      })),
    ),
  )
  routes.get('/projects/:project/user-applications', (context) => context.json([]))

  return routes
}

/**
 * The answer to another project's id. It carries no `attributes` and none of the Studio's special error texts,
 * which would replace the whole screen of a Studio that is otherwise well.
 */
export function projectUnknown(asked: string, own: string) {
  const message = `This server holds the project "${own}", not "${asked}".`
  return httpError(404, 'projectUnknown', message)
}
