/** Longer paths lead deeper than any document goes (`documentDepth`). */
const mostSteps = 250

/** Each `..` looks through all that it stands in front of: behind a third one a small document is walked for hours. */
const mostDescents = 2

/** Each list of places multiplies the places that the lists before it lead to. */
const mostBranches = 10_000

/** Whether a JSONMatch path is short enough and leads to few enough places to be followed, whatever the document. */
export function mayBeFollowed(path: string): boolean {
  const unquoted = path.replaceAll(/"[^"]*"|'[^']*'/g, '')
  const steps = unquoted.split(/[.[]/).length
  const descents = unquoted.split('..').length - 1
  const brackets = unquoted.match(/\[[^[\]]*\]/g) ?? []
  const branches = brackets.reduce((product, list) => product * list.split(',').length, 1)
  return steps <= mostSteps && descents <= mostDescents && branches <= mostBranches
}
