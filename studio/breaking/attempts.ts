import {z} from 'zod'

import {leaseLevels} from '../../editorial/documents.ts'
import type {BreakingForm} from './breakingRequest.ts'

/** A banner that was sent and of which no answer has come: its key, what was typed, and a plan's start (stored form). */
export type Attempt = {leaseId: string; form: BreakingForm; startsAt?: string | undefined}

const kept = z.object({
  leaseId: z.string().min(1),
  form: z.object({
    headline: z.string(),
    level: z.enum(leaseLevels),
    topics: z.array(z.string()),
    minutes: z.number(),
  }),
  startsAt: z.iso.datetime().optional(),
})

/**
 * Attempts of this tab, by what they were made for (a story's id, or `flash`). They outlive a reload of the page: whoever
 * opens the dialog again goes on with the same key, so that what arrived late and what is sent again are one banner.
 */
export function attemptFor(purpose: string): Attempt | undefined {
  const stored = sessionStorage.getItem(nameOf(purpose))
  if (stored === null) return undefined
  try {
    return kept.safeParse(JSON.parse(stored)).data
  } catch {
    return undefined
  }
}

export function keepAttempt(purpose: string, attempt: Attempt): void {
  sessionStorage.setItem(nameOf(purpose), JSON.stringify(attempt))
}

export function forgetAttempt(purpose: string): void {
  sessionStorage.removeItem(nameOf(purpose))
}

function nameOf(purpose: string): string {
  return `dateline.breaking.${purpose}`
}
