"""Every step that the database has taken. A released step is history: SQL only, never edited.

Rules that hold in all tables: text ids, no row is ever deleted (`deleted` is a tombstone,
so that undo and merge have something to point at), times are ISO 8601 in UTC. Long columns
come last: SQLite reads through all of a row that stands before what is asked for. Triggers are
made by `triggers.py`, anew after every step. A step that adds a column to a tracked table gives
it a DEFAULT: that is what history takes it to have been before.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("archivist")


@migrations()
def m001_documents(db: Database) -> None:
    db.executescript("""
        CREATE TABLE documents (
            id TEXT PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
            size INTEGER NOT NULL CHECK (size >= 0),
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            file_name TEXT NOT NULL,
            language TEXT,
            pages INTEGER,
            text_id TEXT REFERENCES texts DEFERRABLE INITIALLY DEFERRED,
            parent_id TEXT REFERENCES documents,
            warnings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(warnings)),
            imported_at TEXT NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
        ) STRICT;
        CREATE INDEX documents_by_import ON documents (imported_at, id);
        CREATE INDEX documents_by_text ON documents (text_id);
        CREATE INDEX documents_by_parent ON documents (parent_id) WHERE parent_id IS NOT NULL;

        CREATE TABLE metadata (
            id TEXT PRIMARY KEY,
            document_id TEXT NOT NULL REFERENCES documents,
            field TEXT NOT NULL CHECK (field != ''),
            value TEXT NOT NULL,
            origin TEXT NOT NULL CHECK (origin != ''),
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
            UNIQUE (document_id, field, origin)
        ) STRICT;

        CREATE TABLE provenances (
            id TEXT PRIMARY KEY,
            document_id TEXT NOT NULL REFERENCES documents,
            original_name TEXT NOT NULL,
            original_path TEXT NOT NULL,
            modified_at TEXT,
            imported_at TEXT NOT NULL,
            received_from TEXT NOT NULL DEFAULT '',
            method TEXT NOT NULL DEFAULT '',
            source_url TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '',
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
        ) STRICT;
        CREATE INDEX provenances_by_document ON provenances (document_id);

        CREATE TABLE texts (
            id TEXT PRIMARY KEY,
            document_id TEXT NOT NULL REFERENCES documents,
            origin TEXT NOT NULL CHECK (origin IN ('extracted', 'ocr', 'corrected')),
            engine TEXT NOT NULL,
            engine_version TEXT NOT NULL,
            language TEXT,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            characters INTEGER NOT NULL CHECK (characters >= 0),
            created_at TEXT NOT NULL,
            sections TEXT NOT NULL CHECK (json_valid(sections)),
            content TEXT NOT NULL
        ) STRICT;
        CREATE INDEX texts_by_document ON texts (document_id);
    """)


@migrations()
def m002_quotes_tags_and_cases(db: Database) -> None:
    db.executescript("""
        CREATE TABLE quotes (
            id TEXT PRIMARY KEY,
            document_id TEXT NOT NULL REFERENCES documents,
            anchor TEXT NOT NULL CHECK (json_valid(anchor)),
            note TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
        ) STRICT;
        CREATE INDEX quotes_by_document ON quotes (document_id);

        CREATE TABLE tags (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL CHECK (name != ''),
            name_key TEXT NOT NULL CHECK (name_key != ''),
            definition TEXT NOT NULL DEFAULT '',
            colour TEXT NOT NULL DEFAULT '',
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
        ) STRICT;
        CREATE INDEX tags_by_name ON tags (name_key);

        CREATE TABLE quote_tags (
            id TEXT PRIMARY KEY,
            quote_id TEXT NOT NULL REFERENCES quotes,
            tag_id TEXT NOT NULL REFERENCES tags,
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
            UNIQUE (quote_id, tag_id)
        ) STRICT;
        CREATE INDEX quote_tags_by_tag ON quote_tags (tag_id);

        CREATE TABLE cases (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL CHECK (name != ''),
            name_key TEXT NOT NULL CHECK (name_key != ''),
            summary TEXT NOT NULL DEFAULT '',
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
        ) STRICT;
        CREATE INDEX cases_by_name ON cases (name_key);

        CREATE TABLE case_aliases (
            id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES cases,
            name TEXT NOT NULL CHECK (name != ''),
            name_key TEXT NOT NULL CHECK (name_key != ''),
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
            UNIQUE (case_id, name_key)
        ) STRICT;
        CREATE INDEX case_aliases_by_name ON case_aliases (name_key);

        CREATE TABLE case_quotes (
            id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES cases,
            quote_id TEXT NOT NULL REFERENCES quotes,
            role TEXT NOT NULL CHECK (role IN ('supports', 'contradicts', 'context')),
            position INTEGER NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
            UNIQUE (case_id, quote_id)
        ) STRICT;
        CREATE INDEX case_quotes_by_quote ON case_quotes (quote_id);
    """)


@migrations()
def m003_history(db: Database) -> None:
    db.executescript("""
        CREATE TABLE history_entries (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            deed_id TEXT NOT NULL,
            device TEXT NOT NULL,
            device_seq INTEGER NOT NULL,
            hlc INTEGER NOT NULL,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            deed TEXT NOT NULL,
            details TEXT NOT NULL CHECK (json_valid(details)),
            undoes TEXT,
            changes_sha256 TEXT NOT NULL,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL,
            UNIQUE (device, device_seq)
        ) STRICT;
        CREATE INDEX history_entries_by_deed ON history_entries (deed_id);
        CREATE INDEX history_entries_by_undone ON history_entries (undoes) WHERE undoes IS NOT NULL;

        CREATE TABLE history_changes (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            entry_id TEXT NOT NULL REFERENCES history_entries (id) DEFERRABLE INITIALLY DEFERRED,
            table_name TEXT NOT NULL,
            row_id TEXT NOT NULL,
            before TEXT,
            after TEXT,
            sha256 TEXT
        ) STRICT;
        CREATE INDEX history_changes_by_entry ON history_changes (entry_id);
        CREATE INDEX history_changes_by_row ON history_changes (table_name, row_id);

        CREATE TABLE deed_context (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            entry_id TEXT,
            purging INTEGER NOT NULL DEFAULT 0 CHECK (purging IN (0, 1))
        ) STRICT;
        INSERT INTO deed_context VALUES (1, NULL, 0);
    """)


@migrations()
def m004_window(db: Database) -> None:
    db.executescript("""
        ALTER TABLE quotes ADD COLUMN colour TEXT NOT NULL DEFAULT '';
        ALTER TABLE tags ADD COLUMN parent_id TEXT DEFAULT NULL REFERENCES tags;
        ALTER TABLE cases ADD COLUMN notes TEXT NOT NULL DEFAULT '';
        ALTER TABLE cases ADD COLUMN colour TEXT NOT NULL DEFAULT '';
        CREATE INDEX tags_by_parent ON tags (parent_id) WHERE parent_id IS NOT NULL;

        DROP INDEX documents_by_import;
        CREATE INDEX documents_listed
            ON documents (deleted, imported_at, id, kind, language, pages, size, text_id);
        CREATE INDEX documents_by_title ON documents (deleted, title COLLATE NOCASE, id, file_name);
        CREATE INDEX documents_by_kind ON documents (deleted, kind, imported_at, id);
        CREATE INDEX documents_by_language ON documents (deleted, language, imported_at, id);
        CREATE INDEX publishers ON metadata (document_id, origin != 'user', origin, value)
            WHERE field = 'publisher' AND deleted = 0;
        CREATE INDEX dates ON metadata (document_id, origin != 'user', origin, value)
            WHERE field = 'date' AND deleted = 0;
        CREATE INDEX quotes_listed ON quotes (deleted, document_id, id);
        DROP INDEX quote_tags_by_tag;
        CREATE INDEX quote_tags_listed ON quote_tags (tag_id, deleted, quote_id);
        CREATE INDEX case_quotes_listed ON case_quotes (case_id, deleted, quote_id);

        CREATE TABLE drafts (
            key TEXT PRIMARY KEY CHECK (key != ''),
            content TEXT NOT NULL,
            saved_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE readings (
            document_id TEXT PRIMARY KEY REFERENCES documents,
            opened_at TEXT NOT NULL,
            place TEXT NOT NULL DEFAULT ''
        ) STRICT;
    """)
