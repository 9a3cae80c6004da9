import type {Migration} from './database.ts'

/**
 * The schema of one dataset's file. A document's body stands once, as SQLite's binary JSON, so that one attribute can
 * be read without the rest; the log keeps what each transaction did as patches in both directions, so that any
 * revision can be rebuilt from the present one. `key_entry` holds the indexes over keys, in GROQ's order: they are
 * filled and dropped while writers go on, which an index of SQLite's own could not be. In `text_index`
 * each document is a row, and each attribute that has words a column, as has each place in it where blocks stand: `text_column` tells.
 * What it has not taken in yet is in `text_waiting`, so that a keystroke does not wait for it. `reference` and
 * `document_change` are indexes over `document_reference` and `change` that follow.
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
  {
    version: 2,
    name: 'binary bodies, indexes by key, full text',
    sql: `
      CREATE TABLE stored (
        docid INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        group_id TEXT NOT NULL,
        bundle TEXT NOT NULL,
        type TEXT NOT NULL,
        body BLOB NOT NULL
      ) STRICT;
      INSERT INTO stored (id, group_id, bundle, type, body)
        SELECT id, group_id,
          CASE kind WHEN 'draft' THEN 'drafts'
            WHEN 'version' THEN substr(id, 10, instr(substr(id, 10), '.') - 1) ELSE '' END,
          type, jsonb(body)
        FROM document ORDER BY id;

      CREATE TABLE refers (
        target TEXT NOT NULL,
        source INTEGER NOT NULL,
        strong INTEGER NOT NULL,
        PRIMARY KEY (target, source)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO refers
        SELECT target, docid, max(strong) FROM reference JOIN stored ON id = source
        GROUP BY target, docid;
      INSERT OR IGNORE INTO refers
        SELECT t.value, docid, 0 FROM stored, json_tree(stored.body) t
        WHERE t.key = '_ref' AND t.type = 'text';

      DROP TABLE reference;
      DROP TABLE document;
      ALTER TABLE stored RENAME TO document;
      ALTER TABLE refers RENAME TO reference;
      CREATE UNIQUE INDEX document_by_id ON document (id);
      CREATE INDEX document_by_type ON document (type, bundle);
      CREATE INDEX document_by_group ON document (group_id, bundle);
      CREATE INDEX reference_by_source ON reference (source);

      CREATE TABLE changed (
        sequence INTEGER NOT NULL REFERENCES log (sequence),
        position INTEGER NOT NULL,
        document_id TEXT NOT NULL,
        previous_rev TEXT,
        deleted INTEGER NOT NULL,
        detail ANY NOT NULL,
        PRIMARY KEY (sequence, position)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO changed
        SELECT sequence, position, document_id, previous_rev, deleted,
          '[' || mutations || ',' || apply || ',' || revert || ']'
        FROM change;
      DROP TABLE change;
      ALTER TABLE changed RENAME TO change;
      CREATE INDEX change_by_document ON change (document_id, sequence);
      CREATE TABLE history_packed (place INTEGER NOT NULL) STRICT;
      INSERT INTO history_packed VALUES (0);

      CREATE TABLE type_count (
        type TEXT NOT NULL,
        bundle TEXT NOT NULL,
        documents INTEGER NOT NULL,
        PRIMARY KEY (type, bundle)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO type_count SELECT type, bundle, count(*) FROM document GROUP BY type, bundle;

      CREATE TABLE key_index (
        index_id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        built_to INTEGER NOT NULL,
        complete INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE key_entry (
        index_id INTEGER NOT NULL,
        type TEXT NOT NULL,
        rank INTEGER NOT NULL,
        value ANY NOT NULL,
        bundle TEXT NOT NULL,
        docid INTEGER NOT NULL,
        PRIMARY KEY (index_id, type, rank, value, bundle, docid)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE text_part (
        textid INTEGER PRIMARY KEY,
        docid INTEGER NOT NULL,
        attribute TEXT NOT NULL,
        digest TEXT NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX text_part_by_document ON text_part (docid, attribute);
      CREATE VIRTUAL TABLE text_index USING fts5(
        words, content='', contentless_delete=1, 
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
      );
      CREATE TABLE text_waiting (docid INTEGER PRIMARY KEY) STRICT;
      INSERT INTO text_waiting SELECT docid FROM document;
    `,
  },
  {
    version: 3,
    name: 'what is published and not public',
    sql: `
      CREATE INDEX document_with_dot ON document (type) WHERE bundle = '' AND instr(id, '.') > 0;
    `,
  },
  {
    version: 4,
    name: 'full text with a row a document',
    sql: `
      DROP TABLE text_index;
      DROP TABLE text_part;
      CREATE TABLE text_column (
        attribute TEXT PRIMARY KEY,
        place INTEGER NOT NULL UNIQUE
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE text_digest (docid INTEGER PRIMARY KEY, digest TEXT NOT NULL) STRICT;
      CREATE VIRTUAL TABLE text_index USING fts5(
          a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15,
          a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31,
          a32, a33, a34, a35, a36, a37, a38, a39, a40, a41, a42, a43, a44, a45, a46, a47,
          a48, a49, a50, a51, a52, a53, a54, a55, a56, a57, a58, a59, a60, a61, a62, a63,
        content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
      );
      INSERT OR IGNORE INTO text_waiting SELECT docid FROM document;
    `,
  },
  {
    // Programs before it cannot read a change that only names the mutation which made the document.
    version: 5,
    name: 'documents that were made stand once; no index over times, which rise with the sequence',
    sql: 'DROP INDEX log_by_timestamp;',
  },
  {
    version: 6,
    name: 'running text has columns of its own',
    sql: `
      INSERT INTO text_index (text_index) VALUES ('delete-all');
      DELETE FROM text_digest;
      DELETE FROM text_column;
      INSERT OR IGNORE INTO text_waiting SELECT docid FROM document;
    `,
  },
  {
    version: 7,
    name: 'running text has a column a place, and the index tells which words match',
    sql: `
      DROP TABLE text_column;
      CREATE TABLE text_column (
        name TEXT NOT NULL,
        place INTEGER NOT NULL,
        PRIMARY KEY (name, place)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO text_index (text_index) VALUES ('delete-all');
      INSERT INTO text_index (text_index, rank) VALUES ('usermerge', 2);
      DELETE FROM text_digest;
      INSERT OR IGNORE INTO text_waiting SELECT docid FROM document;
    `,
  },
  {
    // Programs before it would take the entries of an index that was given up for those of the next.
    version: 8,
    name: 'indexes over keys can be given up',
    sql: 'CREATE TABLE key_index_gone (index_id INTEGER PRIMARY KEY) STRICT;',
  },
  {
    // Programs before it would look for references only where those of the newest documents are not yet.
    version: 9,
    name: 'references stand with their documents, and the index over what they refer to follows',
    sql: `
      CREATE TABLE document_reference (
        docid INTEGER NOT NULL,
        target TEXT NOT NULL,
        strong INTEGER NOT NULL,
        PRIMARY KEY (docid, target)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO document_reference SELECT source, target, strong FROM reference ORDER BY source, target;
      DROP INDEX reference_by_source;
      CREATE TABLE reference_indexed (docid INTEGER NOT NULL) STRICT;
      INSERT INTO reference_indexed SELECT coalesce(max(docid), 0) FROM document;
    `,
  },
  {
    // Programs before it would look for a published document's group, and for the newest changes, only where they are no longer.
    version: 10,
    name: 'the index over changes follows, and published documents are found in their group by their id',
    sql: `
      CREATE TABLE document_change (
        document_id TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (document_id, sequence, position)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO document_change SELECT document_id, sequence, position FROM change
        ORDER BY document_id, sequence, position;
      DROP INDEX change_by_document;
      CREATE TABLE change_indexed (sequence INTEGER NOT NULL) STRICT;
      INSERT INTO change_indexed SELECT coalesce(max(sequence), 0) FROM log;
      DROP INDEX document_by_group;
      CREATE INDEX document_by_group ON document (group_id, bundle) WHERE bundle <> '';
    `,
  },
]
