import type {Migration} from './database.ts'

/** The tables of `lake.sqlite`: everything of a lake that is not a dataset's. Secrets stand here only as SHA-256. */
export const accountsMigrations: readonly Migration[] = [
  {
    version: 1,
    name: 'users, sign-in links, sessions, tokens, origins, datasets, key-values',
    sql: `
      CREATE TABLE users (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('person', 'robot', 'system')),
        name TEXT NOT NULL,
        email TEXT,
        role TEXT NOT NULL,
        createdAt TEXT NOT NULL,
        revokedAt TEXT
      ) STRICT;
      CREATE UNIQUE INDEX activeNames ON users (kind, name COLLATE NOCASE)
        WHERE revokedAt IS NULL AND kind <> 'system';

      CREATE TABLE signInLinks (
        codeHash TEXT PRIMARY KEY,
        userId TEXT NOT NULL REFERENCES users (id),
        createdAt TEXT NOT NULL,
        expiresAt TEXT NOT NULL,
        usedAt TEXT
      ) STRICT;

      CREATE TABLE sessions (
        secretHash TEXT PRIMARY KEY,
        userId TEXT NOT NULL REFERENCES users (id),
        createdAt TEXT NOT NULL,
        expiresAt TEXT NOT NULL
      ) STRICT;
      CREATE INDEX sessionsOfUser ON sessions (userId);

      CREATE TABLE tokens (
        id TEXT PRIMARY KEY,
        secretHash TEXT NOT NULL UNIQUE,
        userId TEXT NOT NULL REFERENCES users (id),
        createdAt TEXT NOT NULL
      ) STRICT;

      CREATE TABLE origins (
        origin TEXT PRIMARY KEY,
        credentials INTEGER NOT NULL CHECK (credentials IN (0, 1)),
        createdAt TEXT NOT NULL
      ) STRICT;

      CREATE TABLE datasets (name TEXT PRIMARY KEY, createdAt TEXT NOT NULL) STRICT;

      CREATE TABLE keyValues (
        userId TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        updatedAt TEXT NOT NULL,
        PRIMARY KEY (userId, key)
      ) STRICT, WITHOUT ROWID;
    `,
  },
]
