/**
 * Runs a program so that its reads, writes and syncs go to a file, in the order in which the kernel ran them. `-yy`
 * names the file or connection behind each descriptor, and `-s` keeps enough of the bytes to know a request by.
 */
export function tracedInto(file: string): string[] {
  return [
    'strace',
    '--follow-forks',
    '--decode-fds=all',
    '--string-limit=400',
    '--trace=read,recvfrom,write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync',
    `--output=${file}`,
  ]
}

/** What of a trace tells when a mutation was on disk. */
export type Step = 'request' | 'log written' | 'log synced' | 'answer'

const fileOfLog = '/datasets/production.sqlite-wal>'

/**
 * The steps that a trace shows between each request whose address holds `marker` and its answer, with equal
 * neighbours told once. A write counts from where it begins and a sync from where it has succeeded, so that the
 * order that is shown is the worst that there may have been.
 */
export function stepsOfRequests(trace: string, marker: string): Step[][] {
  const requests: Step[][] = []
  const syncing = new Set<string>()
  let open: Step[] | undefined
  for (const line of trace.split('\n')) {
    const step = stepOf(line, marker, syncing)
    if (step === 'request') requests.push((open = []))
    if (step !== undefined && open?.at(-1) !== step) open?.push(step)
    if (step === 'answer') open = undefined
  }
  return requests
}

/** `syncing` holds the threads whose sync of the log has begun: another thread's calls may stand between. */
function stepOf(line: string, marker: string, syncing: Set<string>): Step | undefined {
  const [thread = ''] = line.split(' ', 1)
  if (/"(POST|PUT) /.test(line) && line.includes(marker)) return 'request'
  if (/ (write|writev|sendto|sendmsg)\(\d+<TCP/.test(line) && line.includes('"HTTP/1.1 '))
    return 'answer'
  if (/ pwrite64\(/.test(line) && line.includes(fileOfLog)) return 'log written'
  if (/ (fsync|fdatasync)\(/.test(line) && line.includes(fileOfLog)) {
    if (line.endsWith('= 0')) return 'log synced'
    if (line.endsWith('<unfinished ...>')) syncing.add(thread)
  }
  if (/<\.\.\. (fsync|fdatasync) resumed>/.test(line) && syncing.delete(thread)) {
    return line.endsWith('= 0') ? 'log synced' : undefined
  }
  return undefined
}
