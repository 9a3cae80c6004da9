import type {Migration} from './database.ts'

/**
 * The schema of one dataset's file. A document's body stands once, as JSON text; the log keeps what each
 * transaction did as patches in both directions, so that any revision can be rebuilt from the present one.
 */
export const datasetMigrations: readonly Migration[] = [
  {
    version: 1,
    name: 'documents, log and references',
    sql: `
      CREATE TABLE document (
        id TEXT PRIMARY KEY,
        group_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('published', 'draft', 'version')),
        type TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX document_by_type ON document (type, kind);
      CREATE INDEX document_by_group ON document (group_id);

      CREATE TABLE reference (
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        strong INTEGER NOT NULL,
        PRIMARY KEY (source, target, strong)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX reference_by_target ON reference (target, strong);

      CREATE TABLE log (
        sequence INTEGER PRIMARY KEY,
        transaction_id TEXT NOT NULL UNIQUE,
        timestamp TEXT NOT NULL,
        author TEXT NOT NULL
      ) STRICT;
      CREATE INDEX log_by_timestamp ON log (timestamp);

      CREATE TABLE change (
        sequence INTEGER NOT NULL REFERENCES log (sequence),
        position INTEGER NOT NULL,
        document_id TEXT NOT NULL,
        previous_rev TEXT,
        deleted INTEGER NOT NULL,
        mutations TEXT NOT NULL,
        apply TEXT NOT NULL,
        revert TEXT NOT NULL,
        PRIMARY KEY (sequence, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX change_by_document ON change (document_id, sequence);
    `,
  },
]
