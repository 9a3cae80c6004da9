const calls = [
  'pwrite64',
  'write',
  'writev',
  'fsync',
  'fdatasync',
  'ftruncate',
  'rename',
  'unlink',
  'mkdir',
].join(',')

/**
 * Runs a program so that the kernel kills it with signal 9 as one of its threads is about to make its n-th call that
 * changes a file or answers somebody: in the middle of a commit, a checkpoint or an upload, wherever that call stands.
 */
export function killedAtCall(number: number): string[] {
  return [
    'strace',
    '--follow-forks',
    '--output=/dev/null',
    `--trace=${calls}`,
    `--inject=${calls}:signal=SIGKILL:when=${number}`,
  ]
}
