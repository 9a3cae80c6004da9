import type {AccountsInspection} from '../store/accountsInspection.ts'
import type {Findings} from './findings.ts'

/**
 * Whether the accounts agree with themselves: tokens belong to robots and sessions to people who have access, and
 * every role is one that there is. Answers how many people may sign in.
 */
export function checkAccounts(
  accounts: AccountsInspection,
  roleNames: readonly string[],
  findings: Findings,
): number {
  const users = accounts.users()
  const withAccess = users.filter(({revokedAt}) => revokedAt === null)
  for (const {kind, name, tokens, sessions} of users) {
    if (tokens > 0 && kind !== 'robot') {
      findings.fault('tokenOwner', `a token speaks for "${name}", which is not a robot.`)
    }
    if (sessions > 0 && kind !== 'person') {
      findings.fault('sessionOwner', `"${name}" has a session, but is not a person.`)
    }
  }
  for (const {name, tokens, sessions} of users.filter(({revokedAt}) => revokedAt !== null)) {
    if (tokens + sessions === 0) continue
    findings.fault('accessLeft', `"${name}" has no access any more, but still a token or session.`)
  }
  for (const {kind, name, role, tokens} of withAccess) {
    if (kind !== 'system' && !roleNames.includes(role)) {
      findings.fault('roleUnknown', `"${name}" has the role "${role}", which there is not.`)
    }
    if (kind === 'robot' && tokens !== 1) {
      findings.fault('robotTokens', `the robot "${name}" has ${tokens} tokens instead of one.`)
    }
  }
  return withAccess.filter(({kind}) => kind === 'person').length
}
