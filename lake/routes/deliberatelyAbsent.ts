/** An endpoint of the hosted lake that this one leaves out on purpose: it answers 404, and the Studio carries on. */
export type AbsentEndpoint = {
  endpoint: string
  reason: string
  matches(path: string): boolean
}

/** Every endpoint that is missing on purpose, with the reason. Anything else that is missing is a gap. */
export const deliberatelyAbsent: readonly AbsentEndpoint[] = [
  absent(
    '/socket/',
    'Presence over a WebSocket is not offered; the Studio tries again quietly and works without.',
  ),
  absent(
    '/media-libraries',
    'The media library is a service of an organisation; there is none here.',
  ),
  absent('/datasets/', 'Datasets are named in the configuration, not made by a request.'),
  absent('/agent/', 'Agents and AI actions are a hosted service.'),
  absent('/assist/', 'AI assistance and Canvas are hosted services.'),
  absent('/descriptors/', 'Schema upload serves the hosted dashboard only.'),
  absent('/user-applications/', 'Applications are deployed to the hosted dashboard only.', {
    inside: true,
  }),
  absent('/subscriptions/', 'There are no plans to pay for.'),
  absent('/access/', 'Users and roles are kept by the command line, not by requests for access.'),
  absent('/comments/', 'Comments need an add-on dataset, which this lake does not have.'),
  absent('/collaboration/', 'Comments need an add-on dataset, which this lake does not have.'),
  absent('/new-content-release-allowed', 'Releases are not limited by a plan.', {inside: true}),
  absent('/settings/indexing', 'The search index is part of the store.', {inside: true}),
  absent('/settings/embeddings', 'There is no embeddings index.', {inside: true}),
  absent('/embeddings-index/', 'There is no embeddings index.'),
  absent('/geoip/', 'Nothing here depends on where a person is.'),
  absent('/provision/', 'Projects are not provisioned here.'),
  absent('/dashboards', 'There is no hosted dashboard.'),
  absent('/hooks/', 'Webhooks are set up on the server, not by this endpoint.'),
  absent('/assets/media-library-link/', 'The media library is a service of an organisation.'),
  absent('/from-url', 'This server fetches nothing from addresses that a request names.', {
    inside: true,
  }),
  absent('/organizations/', 'There is no organisation here.'),
  absent('/activity', 'What happened stands in the log of each dataset.'),
  absent('/jobs/', 'Nothing here runs as a job.'),
  ofProject('/backups', 'Backups are made of the data folder, on the server.'),
  ofProject('/copy', 'Datasets are named in the configuration, not made by a request.'),
  ofProject('/tags', 'Datasets and projects have no tags.'),
  ofProject('/cors', 'Origins are kept by the command line, not by requests.'),
  ofProject('/tokens', 'Tokens are kept by the command line, not by requests.'),
  ofProject('/invitations', 'People are invited by the command line, not by requests.'),
  ofProject('/permissions', 'What a role may do is written in the program.'),
  ofProject('/acl/', 'Roles are given by the command line, not by requests.'),
  ofProject('/grants', 'What a role may do is written in the program.'),
  ofProject('/users/', 'Users are kept by the command line, not by requests.'),
  absent('/data/history/', 'The log is read by document.'),
  absent('/publish/', 'Publishing at a time to come is not offered by this endpoint.'),
  absent('/unpublish/', 'Publishing at a time to come is not offered by this endpoint.'),
  absent('/schedules/', 'Publishing at a time to come is not offered by this endpoint.'),
  absent('/auth/login/', 'People sign in with a link that the command line makes.'),
  absent('/auth/fetch', 'Sign-in sets a cookie; no token passes through the browser.'),
]

/** An endpoint somewhere below a project. */
function ofProject(part: string, reason: string): AbsentEndpoint {
  return {
    endpoint: part,
    reason,
    matches: (path) => path.startsWith('/projects/') && path.includes(part),
  }
}

function absent(
  part: string,
  reason: string,
  {inside = false}: {inside?: boolean} = {},
): AbsentEndpoint {
  return {
    endpoint: part,
    reason,
    matches: (path) => (inside ? path.includes(part) : path.startsWith(part)),
  }
}
