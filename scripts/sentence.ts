/**
 * Ends a script with one sentence on standard error and exit code 1. The rooms' own errors carry a `code` and
 * a message written for a person; anything else is a defect of ours, shown whole so that it can be reported.
 */
export function exitWithSentence(error: unknown): never {
  if (error instanceof Error && 'code' in error && isOurs(error)) {
    console.error(error.message)
  } else {
    console.error('Something went wrong that Dateline did not expect:')
    console.error(error)
  }
  process.exit(1)
}

function isOurs(error: Error): boolean {
  return [
    'ConfigError',
    'LakeError',
    'StudioBuildError',
    'IngestError',
    'EditorialError',
    'ImportError',
  ].includes(error.name)
}
