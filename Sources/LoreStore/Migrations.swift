import GRDB

/// The steps that make the schema, oldest first: appended to, never changed.
///
/// `PRAGMA user_version` counts the steps taken. They run in one transaction, begun by taking the
/// write lock, so that two processes that meet at a new file do not both make it.
enum Migrations {
    /// `lore` in ASCII: says in the file's header whose it is.
    static let applicationID = 0x6C6F_7265

    static let all: [@Sendable (Database) throws -> Void] = [
        createIndex, addFormats, addCodes, addChunkLengths, foldLetters, addHistory,
        markSummariesAskedFor, setAsideForBatches,
    ]

    /// The version that this lore reads and writes.
    static var version: Int { all.count }

    /// Takes the steps that the database has not taken yet.
    static func run(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            let done = try userVersion(database)
            for step in all.dropFirst(done) { try step(database) }
            try database.execute(sql: "PRAGMA user_version = \(version)")
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            return .commit
        }
    }

    static func userVersion(_ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    private static func createIndex(_ database: Database) throws {
        try database.execute(sql: documents + chunks + vectors + fullText)
    }

    /// Formats other than Markdown and plain text: extracted text, pages, heads of cut tables, and
    /// which files were refused, so that they are not read again in vain.
    private static func addFormats(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE documents ADD COLUMN is_converted INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE documents ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';
                ALTER TABLE chunks ADD COLUMN lead TEXT NOT NULL DEFAULT '';

                DROP VIEW chunks_search;
                CREATE VIEW chunks_search AS
                    SELECT chunks.id, documents.title, chunks.heading || chunks.lead AS heading,
                        chunks.text AS body
                    FROM chunks JOIN documents ON documents.id = chunks.document_id;

                CREATE TABLE skipped_files (
                    folder_id INTEGER NOT NULL REFERENCES folders(id) ON DELETE CASCADE,
                    path TEXT NOT NULL,
                    size INTEGER NOT NULL,
                    modified_ns INTEGER NOT NULL,
                    changed_ns INTEGER NOT NULL,
                    inode INTEGER NOT NULL,
                    reason TEXT NOT NULL,
                    is_lasting INTEGER NOT NULL,
                    PRIMARY KEY (folder_id, path)
                ) WITHOUT ROWID;

                -- Bytes of new words gathered in memory before they become a segment: those of
                -- the largest transaction, so that it makes one. The file keeps the setting.
                INSERT INTO chunks_fts(chunks_fts, rank) VALUES ('hashsize', 33554432);
                """)
    }

    /// 8-bit codes of the vectors in blocks, from which a search starts without reading the vectors.
    ///
    /// A block never changes: it goes, and its vectors are coded anew, when one of them goes. The
    /// triggers see to that wherever vectors are written, so that no deleted text leaves a code.
    private static func addCodes(_ database: Database) throws {
        try database.execute(
            sql: """
                -- A row is never used again: who has read a block knows it by its row.
                CREATE TABLE code_blocks (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    fingerprint_id INTEGER NOT NULL REFERENCES fingerprints(id),
                    vectors INTEGER NOT NULL,
                    codes BLOB NOT NULL
                );
                CREATE INDEX code_blocks_size ON code_blocks(fingerprint_id, vectors);

                -- Which block holds the code of a vector; NULL: none yet.
                CREATE TABLE vector_codes (
                    vector_id INTEGER PRIMARY KEY,
                    block_id INTEGER REFERENCES code_blocks(id) ON DELETE SET NULL
                );
                CREATE INDEX vector_codes_block ON vector_codes(block_id, vector_id);

                CREATE TRIGGER vectors_inserted AFTER INSERT ON vectors BEGIN
                    \(dissolving("new.id"))
                    INSERT OR REPLACE INTO vector_codes VALUES (new.id, NULL);
                END;
                CREATE TRIGGER vectors_deleted AFTER DELETE ON vectors BEGIN
                    \(dissolving("old.id"))
                    DELETE FROM vector_codes WHERE vector_id = old.id;
                END;

                INSERT INTO vector_codes SELECT id, NULL FROM vectors;
                """)
    }

    /// How long each chunk is, beside its document.
    private static func addChunkLengths(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE documents ADD COLUMN chunk_tokens BLOB NOT NULL DEFAULT x'';
                """)
        try measureChunks(database)
        try database.execute(
            sql: """
                DROP INDEX documents_length;
                CREATE INDEX documents_length ON documents(id, body_tokens, chunk_tokens);
                """)
    }

    /// Words in one form of their letters, `C++` and Thai found, and the list of all words.
    private static func foldLetters(_ database: Database) throws {
        try database.execute(
            sql: """
                \(FullText.rebuild);

                -- Words of the index with the chunks of each, and where each word stands.
                CREATE VIRTUAL TABLE chunks_terms USING fts5vocab(chunks_fts, row);
                CREATE VIRTUAL TABLE chunks_places USING fts5vocab(chunks_fts, instance);
                """)
        try measureChunks(database)
    }

    /// Writes the lengths of chunks that the full-text index has counted.
    private static func measureChunks(_ database: Database) throws {
        let lengths = try StoreReader(database: database).documentLengths()
        let change = try RawStatement(
            database, "UPDATE documents SET body_tokens = ?2, chunk_tokens = ?3 WHERE id = ?1")
        for (row, lengths) in lengths.sorted(by: { $0.key < $1.key }) {
            try change.run(
                .integer(row), .integer(lengths.bodyTokens), .blob(lengths.chunkTokens))
        }
    }

    /// Drops the block that holds the code of `vector`.
    private static func dissolving(_ vector: String) -> String {
        """
        DELETE FROM code_blocks
            WHERE id = (SELECT block_id FROM vector_codes WHERE vector_id = \(vector));
        """
    }

    private static let documents = """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
        INSERT INTO settings VALUES ('generation', 0);

        CREATE TABLE folders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL UNIQUE
        );

        -- A row is never used again (AUTOINCREMENT): who holds an old one finds nothing, not another.
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            folder_id INTEGER NOT NULL REFERENCES folders(id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            format TEXT NOT NULL,
            title TEXT NOT NULL,
            tags TEXT NOT NULL,
            aliases TEXT NOT NULL,
            date TEXT,
            size INTEGER NOT NULL,
            modified_ns INTEGER NOT NULL,
            changed_ns INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            content_hash BLOB NOT NULL,
            chunking TEXT NOT NULL,
            body_tokens INTEGER NOT NULL,
            indexed_at TEXT NOT NULL,
            UNIQUE (folder_id, path)
        );
        CREATE INDEX documents_length ON documents(id, body_tokens);
        CREATE INDEX documents_indexed ON documents(indexed_at);

        """

    /// `chunks.id` tells the document as well: see `ChunkRow`.
    private static let chunks = """
        CREATE TABLE embedded_texts (
            id INTEGER PRIMARY KEY,
            hash BLOB NOT NULL UNIQUE
        );

        CREATE TABLE chunks (
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            chunk_id INTEGER NOT NULL,
            embedded_text_id INTEGER NOT NULL REFERENCES embedded_texts(id),
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            start_line INTEGER NOT NULL,
            end_line INTEGER NOT NULL,
            heading TEXT NOT NULL,
            text TEXT NOT NULL
        );
        CREATE INDEX chunks_document ON chunks(document_id, ordinal);
        CREATE INDEX chunks_text ON chunks(embedded_text_id);
        CREATE INDEX chunks_chunk_id ON chunks(chunk_id);

        """

    /// `vectors.id` is made of the two that follow it: see `VectorRow`.
    private static let vectors = """
        CREATE TABLE fingerprints (
            id INTEGER PRIMARY KEY,
            json TEXT NOT NULL UNIQUE
        );

        CREATE TABLE vectors (
            id INTEGER PRIMARY KEY,
            fingerprint_id INTEGER NOT NULL REFERENCES fingerprints(id),
            embedded_text_id INTEGER NOT NULL REFERENCES embedded_texts(id),
            token_count INTEGER NOT NULL,
            truncated INTEGER NOT NULL,
            vector BLOB NOT NULL
        );
        CREATE INDEX vectors_text ON vectors(embedded_text_id, fingerprint_id, truncated);

        """

    private static let fullText = """
        CREATE VIEW chunks_search AS
            SELECT chunks.id, documents.title, chunks.heading, chunks.text AS body
            FROM chunks JOIN documents ON documents.id = chunks.document_id;

        CREATE VIRTUAL TABLE chunks_fts USING fts5(
            title, heading, body,
            content='chunks_search', content_rowid='id', tokenize='\(NoteTokenizer.name)'
        );
        """
}
