import {useEffect, useMemo, useState} from 'react'
import type {EditStateFor} from 'sanity'

import {endOf, isLive, nextEdge} from '../../editorial/breaking.ts'
import {breakingNews, type BreakingNews} from '../../editorial/documents.ts'
import {clockTime} from '../../editorial/time.ts'

/** An open lease and whether readers see it now, again when it begins or runs out. */
export function useLease({
  published,
  draft,
}: Pick<EditStateFor, 'published' | 'draft'>): {lease: BreakingNews; live: boolean} | undefined {
  const lease = useMemo(() => breakingNews.safeParse(published ?? draft).data, [published, draft])
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const edge = lease && nextEdge([lease], now)
    if (edge === undefined) return undefined
    const wait = Math.max(0, edge.getTime() - Date.now() + 1)
    const timer = setTimeout(() => setNow(new Date()), wait)
    return () => clearTimeout(timer)
  }, [lease, now])
  return useMemo(() => lease && {lease, live: isLive(lease, now)}, [lease, now])
}

/** Where a lease stands, in a word or two, as in "Live until 14:05" or "Over since 14:05". */
export function leaseStanding(lease: BreakingNews, live: boolean): string {
  if (lease.withdrawn) return 'Withdrawn'
  return live ? `Live until ${clockTime(lease.until)}` : `Over since ${clockTime(endOf(lease))}`
}
