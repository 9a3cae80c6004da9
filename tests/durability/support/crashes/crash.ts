import type {SanityClient} from '@sanity/client'
import {expect} from 'vitest'

import {newsroomRoles} from '../../../../editorial/roles.ts'
import {checkFolder} from '../../../../lake/doctor/checkFolder.ts'
import type {Finding} from '../../../../lake/doctor/findings.ts'
import {openFolderAccounts, prepareDataFolder} from '../../../../lake/store/accountsFolder.ts'
import {startLake} from '../../../lake/support/startLake.ts'
import {clientWith, startProduct} from '../../../scripts/support/product.ts'
import {startScript, type RunningScript} from '../../../scripts/support/script.ts'
import {killedAtCall} from '../killedAtCall.ts'

/** A data folder with a token of an administrator's. */
export type CrashFolder = {data: string; token: string}

/** Work in which a process is killed, and what must be true of it afterwards. `Evidence` is what was seen before. */
export type CrashKind<Evidence> = {
  /** The kill comes at one of the first so many calls. */
  calls: number
  work(parts: {client: SanityClient; folder: CrashFolder; name: string}): Promise<Evidence>
  /** The script that is killed instead of a server, which is then not there. */
  script?: (folder: CrashFolder) => Promise<{name: string; args: readonly string[]}>
  check(parts: {
    client: SanityClient
    folder: CrashFolder
    name: string
    /** Absent when the process was killed before any work could begin. */
    evidence: Evidence | undefined
  }): Promise<void>
}

export type Outcome = {faults: Finding[]; killed: boolean}

export async function prepareFolder(data: string): Promise<CrashFolder> {
  const accounts = openFolderAccounts(prepareDataFolder(data), {now: () => new Date()})
  const {secret} = await accounts.tokens.add({name: 'Crash', role: 'administrator'})
  accounts.close()
  return {data, token: secret}
}

/** A moment of a kind of work at which to kill. */
export function anyCall({calls}: {calls: number}): number {
  return 1 + Math.floor(Math.random() * calls)
}

/**
 * Starts the product (or a script), has it work, and kills it at a call; or, when it makes fewer, at the end. What
 * `check` asks of the folder, served again, must hold. Resolves to the faults that the doctor finds, as the process left
 * the folder and after the next start, and to whether the kill came before the end. A failure says the call.
 */
export async function crash<Evidence>(
  kind: CrashKind<Evidence>,
  folder: CrashFolder,
  call: number,
): Promise<Outcome> {
  try {
    return await crashAt(kind, folder, call)
  } catch (cause) {
    throw new Error(`Killed at call ${call}: ${String(cause)}`, {cause})
  }
}

async function crashAt<Evidence>(
  kind: CrashKind<Evidence>,
  folder: CrashFolder,
  call: number,
): Promise<Outcome> {
  const name = `crash-${call}-${crypto.randomUUID().slice(0, 8)}`
  const {evidence, killed} = kind.script
    ? await killScript(await kind.script(folder), call)
    : await killProduct(kind, {folder, name, call})
  // Before a migration has been committed the file is an older one still, and the doctor says so.
  const left = (await faultsIn(folder)).filter(({code}) => code !== 'file-older')
  const lake = await startLake({
    dataDirectory: folder.data,
    projectId: 'dateline',
    roles: newsroomRoles,
  })
  try {
    await kind.check({client: clientWith(folder.token, lake.url), folder, name, evidence})
  } finally {
    await lake.close()
  }
  return {faults: [...left, ...(await faultsIn(folder))], killed}
}

async function killProduct<Evidence>(
  {work}: CrashKind<Evidence>,
  {folder, name, call}: {folder: CrashFolder; name: string; call: number},
): Promise<{evidence: Evidence | undefined; killed: boolean}> {
  const under = killedAtCall(call)
  const starting = startProduct(['--data', folder.data, '--no-seed'], {under})
  const product = await starting.catch(() => undefined)
  if (product === undefined) return {evidence: undefined, killed: true}
  const evidence = await work({client: clientWith(folder.token, product.origin), folder, name})
  const killed = await fetch(product.origin).then(
    () => false,
    () => true,
  )
  await endGroup(product.script)
  return {evidence, killed}
}

async function killScript(
  {name, args}: {name: string; args: readonly string[]},
  call: number,
): Promise<{evidence: undefined; killed: boolean}> {
  const script = startScript(name, args, {under: killedAtCall(call)})
  const {code, signal, err} = await script.ended
  expect({code, signal, err}).toEqual(
    code === 0 ? {code: 0, signal: null, err: ''} : {code: null, signal: 'SIGKILL', err: ''},
  )
  return {evidence: undefined, killed: code === null}
}

/** Kills a script and what it runs under, unless that has happened. */
async function endGroup({pid, ended}: RunningScript): Promise<void> {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is there any more, as it was meant.
  }
  const {signal, err} = await ended
  expect({signal, complaints: complaintsIn(err)}).toEqual({signal: 'SIGKILL', complaints: []})
}

/** Lines of a log but for those that say that all is well. */
function complaintsIn(log: string): string[] {
  return log.split('\n').filter((line) => line !== '' && !line.startsWith('{"level":30,'))
}

async function faultsIn({data}: CrashFolder): Promise<Finding[]> {
  const {findings} = await checkFolder({
    directory: data,
    roleNames: newsroomRoles.map(({name}) => name),
    thorough: true,
  })
  return findings.filter(({severity}) => severity === 'fault')
}
