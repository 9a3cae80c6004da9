import {documentId} from '../../../editorial/documents.ts'

/** A stored time so many milliseconds ahead. */
export function at(ahead: number): string {
  return new Date(Date.now() + ahead).toISOString()
}

/** A withdrawal for a partner's program, as the server writes it down. */
export function delivery(id: string, fields: {about: string; [field: string]: unknown}) {
  return {
    _id: documentId.delivery(id),
    _type: 'webhookDelivery',
    address: 'partner',
    to: 'Partner',
    event: 'withdrawn',
    at: at(-60_000),
    body: '{}',
    attempts: 1,
    ...fields,
  }
}
