import {execFileSync} from 'node:child_process'

/**
 * Lets a process write no file beyond so many bytes, as a disk without space would: the system refuses what goes beyond
 * with `EFBIG`. `undefined` gives the space back. Nothing is mounted, and nobody needs to be root.
 */
export function limitFiles(pid: number, bytes: number | undefined): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes ?? 'unlimited'}:`])
}
