import GRDB

extension Migrations {
    /// What is the user's own and cannot be made again from the notes: conversations, answers, what
    /// was paid, what left the machine.
    static func addHistory(_ database: Database) throws {
        try database.execute(sql: conversations + costs + batches + egress + localOnly)
    }

    /// Which summaries a person asked for.
    static func markSummariesAskedFor(_ database: Database) throws {
        try database.execute(
            sql: "ALTER TABLE summaries ADD COLUMN is_asked_for INTEGER NOT NULL DEFAULT 0")
    }

    /// What questions of batches may cost, in US dollars; NULL: not sent.
    static func setAsideForBatches(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE batch_questions ADD COLUMN most_usd REAL;
                CREATE INDEX batch_questions_open ON batch_questions(most_usd)
                    WHERE reply IS NULL AND most_usd IS NOT NULL;
                """)
    }

    /// A turn is written when its question is asked, and again as its answer comes: one whose `state`
    /// is still NULL was cut, or is being answered.
    private static let conversations = """
        CREATE TABLE conversations (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            started_at TEXT NOT NULL,
            last_asked_at TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE turns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            answer_id TEXT NOT NULL UNIQUE,
            asked_at TEXT NOT NULL,
            question TEXT NOT NULL,
            standalone_question TEXT NOT NULL,
            model TEXT NOT NULL,
            state TEXT,
            answer TEXT NOT NULL DEFAULT '',
            input_tokens INTEGER NOT NULL DEFAULT 0,
            output_tokens INTEGER NOT NULL DEFAULT 0,
            cached_tokens INTEGER NOT NULL DEFAULT 0,
            cost_usd REAL,
            trace TEXT NOT NULL DEFAULT '[]',
            -- Numbers of the earlier turns whose answers its model was not given.
            withheld TEXT NOT NULL DEFAULT '[]',
            UNIQUE (conversation_id, number)
        );
        CREATE INDEX turns_asked ON turns(asked_at);

        CREATE TABLE citations (
            turn_id INTEGER NOT NULL REFERENCES turns(id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            number INTEGER NOT NULL,
            folder TEXT NOT NULL,
            -- Below the folder.
            path TEXT NOT NULL,
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            start_line INTEGER NOT NULL,
            end_line INTEGER NOT NULL,
            page INTEGER,
            quote TEXT NOT NULL,
            verified INTEGER NOT NULL,
            chunk_id INTEGER NOT NULL,
            -- What was read of the note.
            passage TEXT NOT NULL,
            PRIMARY KEY (turn_id, place)
        ) WITHOUT ROWID;

        -- The passages that a turn's answer was made from, paths below their folders.
        CREATE TABLE turn_origins (
            turn_id INTEGER NOT NULL REFERENCES turns(id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            folder TEXT NOT NULL,
            path TEXT NOT NULL,
            start_line INTEGER NOT NULL,
            end_line INTEGER NOT NULL,
            was_local_only INTEGER NOT NULL,
            PRIMARY KEY (turn_id, place)
        ) WITHOUT ROWID;

        CREATE VIRTUAL TABLE turns_fts USING fts5(
            question, answer, content='turns', content_rowid='id',
            tokenize='\(NoteTokenizer.name)'
        );
        CREATE TRIGGER turns_inserted AFTER INSERT ON turns BEGIN
            INSERT INTO turns_fts(rowid, question, answer)
                VALUES (new.id, new.question, new.answer);
        END;
        CREATE TRIGGER turns_changed AFTER UPDATE OF question, answer ON turns BEGIN
            INSERT INTO turns_fts(turns_fts, rowid, question, answer)
                VALUES ('delete', old.id, old.question, old.answer);
            INSERT INTO turns_fts(rowid, question, answer)
                VALUES (new.id, new.question, new.answer);
        END;
        CREATE TRIGGER turns_deleted AFTER DELETE ON turns BEGIN
            INSERT INTO turns_fts(turns_fts, rowid, question, answer)
                VALUES ('delete', old.id, old.question, old.answer);
        END;

        -- The turns of a conversation from its first to the last that a summary stands for.
        CREATE TABLE summaries (
            conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            last_number INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            model TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (conversation_id, last_number)
        ) WITHOUT ROWID;

        CREATE TABLE turn_vectors (
            turn_id INTEGER NOT NULL REFERENCES turns(id) ON DELETE CASCADE,
            fingerprint_id INTEGER NOT NULL REFERENCES fingerprints(id),
            vector BLOB NOT NULL,
            PRIMARY KEY (turn_id, fingerprint_id)
        ) WITHOUT ROWID;

        """

    private static let costs = """
        -- Times are RFC 3339 in UTC, so that their order is that of their text.
        CREATE TABLE model_calls (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            purpose TEXT NOT NULL,
            model TEXT NOT NULL,
            input_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            cached_tokens INTEGER NOT NULL,
            cache_write_tokens INTEGER NOT NULL,
            reasoning_tokens INTEGER NOT NULL,
            is_estimated INTEGER NOT NULL,
            cost_usd REAL,
            -- Of the text that input_tokens counts; 0: not known.
            input_bytes INTEGER NOT NULL
        );
        CREATE INDEX model_calls_at ON model_calls(at);

        -- What a model replied to a request, by the hash of all that was sent.
        CREATE TABLE kept_replies (
            request BLOB PRIMARY KEY,
            kept_at TEXT NOT NULL,
            model TEXT NOT NULL,
            text TEXT NOT NULL
        ) WITHOUT ROWID;

        """

    private static let batches = """
        CREATE TABLE batches (
            id TEXT PRIMARY KEY,
            model TEXT NOT NULL,
            made_at TEXT NOT NULL,
            -- The provider's name of it; NULL: not known to have been sent.
            remote_id TEXT
        ) WITHOUT ROWID;

        CREATE TABLE batch_questions (
            batch_id TEXT NOT NULL REFERENCES batches(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            -- The user's own id of it, where there is one.
            name TEXT,
            question TEXT NOT NULL,
            -- What was sent and what the answer is made from, as JSON.
            context TEXT NOT NULL,
            -- What the model replied, or why it did not, as JSON; NULL: nothing yet.
            reply TEXT,
            PRIMARY KEY (batch_id, number)
        ) WITHOUT ROWID;

        """

    private static let egress = """
        -- Which lines of which notes were sent to a host that is not this machine.
        CREATE TABLE egress (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            host TEXT NOT NULL,
            purpose TEXT NOT NULL,
            folder TEXT NOT NULL,
            path TEXT NOT NULL,
            start_line INTEGER NOT NULL,
            end_line INTEGER NOT NULL
        );
        CREATE INDEX egress_at ON egress(at);

        """

    private static let localOnly = """
        -- Whether the front matter says so; NULL: nobody has looked yet, which counts as yes.
        ALTER TABLE documents ADD COLUMN local_only INTEGER;
        -- So that the next run looks: no file has this size or content.
        UPDATE documents SET size = -1, content_hash = zeroblob(32);
        """
}
