import type {Permission} from './caller.ts'

/**
 * What a role may do, in the hosted lake's form: a GROQ predicate over one document, and the permissions
 * that it opens. The Studio evaluates the same predicates in the browser to enable its buttons.
 */
export type Grant = {filter: string; permissions: readonly Permission[]}

/** A role as the program that runs the lake defines it. Lists of roles go from the least to the most powerful. */
export type Role = {
  name: string
  title: string
  description: string
  grants: readonly Grant[]
}

/** What somebody without a session or token is granted: documents at the root path, and nothing but reading. */
export const anonymousGrants: readonly Grant[] = [
  {filter: '_id in path("*")', permissions: ['read']},
]
