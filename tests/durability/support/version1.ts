import Database from 'better-sqlite3'

import {datasetMigrations} from '../../../lake/store/datasetMigrations.ts'

/** A document of a file of schema 1: published, made by one transaction of its own. */
export type Version1Document = {_id: string; _type: string; _rev: string} & {
  [attribute: string]: string | number | Version1Reference
}

type Version1Reference = {_type: 'reference'; _ref: string}

const moment = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString()

/** A file as the program of schema 1 left it, with these documents and their history. */
export function writeVersion1(file: string, documents: Iterable<Version1Document>): void {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.exec(datasetMigrations[0]?.sql ?? '')
  database.pragma('user_version = 1')
  const addDocument = database.prepare("INSERT INTO document VALUES (?, ?, 'published', ?, ?)")
  const addReference = database.prepare('INSERT INTO reference VALUES (?, ?, 1)')
  const addLog = database.prepare('INSERT INTO log VALUES (?, ?, ?, ?)')
  const addChange = database.prepare('INSERT INTO change VALUES (?, 0, ?, NULL, 0, ?, ?, ?)')
  database.transaction(() => {
    let sequence = 0
    for (const {_rev, ...attributes} of documents) {
      sequence += 1
      const time = moment(sequence)
      const created = {...attributes, _createdAt: time, _updatedAt: time}
      const {_id, _type} = created
      addDocument.run(_id, _id, _type, JSON.stringify({...created, _rev}))
      for (const value of Object.values(attributes)) {
        if (typeof value === 'object') addReference.run(_id, value._ref)
      }
      addLog.run(sequence, _rev, time, 'system-version-1')
      const mutations = JSON.stringify([{create: created}])
      addChange.run(
        sequence,
        _id,
        mutations,
        JSON.stringify([0, created]),
        JSON.stringify([0, null]),
      )
    }
  })()
  database.close()
}
