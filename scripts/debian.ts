import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'

/** Whether `apt-get` can install here: Debian or its kin, as root. */
export function canInstallDebianPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Installs Debian packages, after fetching the lists of what there is: a new machine has none. False when that fails. */
export function installDebianPackages(...names: readonly string[]): boolean {
  return (
    runVisibly('apt-get', 'update', '-qq') &&
    runVisibly('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names)
  )
}

/** Runs a command whose output the person sees. False when it is missing or fails. */
export function runVisibly(command: string, ...args: readonly string[]): boolean {
  const environment = {...process.env, DEBIAN_FRONTEND: 'noninteractive'}
  return spawnSync(command, args, {stdio: 'inherit', env: environment}).status === 0
}
