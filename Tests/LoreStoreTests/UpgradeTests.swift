import GRDB
import LoreCore
import LoreStore
import TestSupport
import Testing

/// An index that an earlier lore made, opened by this one.
@Suite struct UpgradeTests {
    /// What a version-1 schema has otherwise: the steps of the later versions, taken back.
    private static let version1 = """
        DROP TABLE turns_fts;
        DROP TABLE citations;
        DROP TABLE turn_origins;
        DROP TABLE turn_vectors;
        DROP TABLE turns;
        DROP TABLE summaries;
        DROP TABLE conversations;
        DROP TABLE model_calls;
        DROP TABLE kept_replies;
        DROP TABLE batch_questions;
        DROP TABLE batches;
        DROP TABLE egress;
        DROP TRIGGER vectors_inserted;
        DROP TRIGGER vectors_deleted;
        DROP TABLE vector_codes;
        DROP TABLE code_blocks;
        DROP TABLE skipped_files;
        DROP VIEW chunks_search;
        CREATE VIEW chunks_search AS
            SELECT chunks.id, documents.title, chunks.heading, chunks.text AS body
            FROM chunks JOIN documents ON documents.id = chunks.document_id;
        DROP TABLE chunks_terms;
        DROP TABLE chunks_places;
        DROP INDEX documents_length;
        CREATE INDEX documents_length ON documents(id, body_tokens);
        ALTER TABLE documents DROP COLUMN chunk_tokens;
        ALTER TABLE documents DROP COLUMN is_converted;
        ALTER TABLE documents DROP COLUMN pages;
        ALTER TABLE documents DROP COLUMN local_only;
        ALTER TABLE chunks DROP COLUMN lead;
        PRAGMA user_version = 1;
        """

    /// An index of version 1 that holds two embedded notes, closed.
    private func version1() throws -> TestStore {
        let test = try TestStore()
        try test.write("a.md", title: "Apples", [(["H"], "one wombat"), ([], "two")])
        try test.write("b.md", "three")
        try test.embedAll()
        try test.store.setActiveFingerprint(testFingerprint())
        try test.store.write { try $0.execute(sql: Self.version1) }
        try test.store.close()
        return test
    }

    @Test func `a version-1 index keeps its notes, words and vectors`() throws {
        let old = try version1()

        let test = try TestStore(reopening: old)

        #expect(try test.chunks(of: "a.md").map(\.chunk.text) == ["one wombat", "two"])
        #expect(try test.chunks(of: "a.md").map(\.chunk.lead) == ["", ""])
        let stored = try #require(
            try test.store.read { try $0.document("a.md", in: test.notes) })
        #expect(!stored.document.isConverted)
        #expect(stored.document.pages == PageMap())
        #expect(try test.found("wombat") == ["one wombat"])
        #expect(try test.load(testFingerprint()).count == 3)
        let uncoded = try test.store.read { try $0.uncodedVectors(of: testFingerprint()) }
        #expect(uncoded.texts.count == 3)
        #expect(try test.store.read { try $0.activeFingerprint() } == testFingerprint())
        try test.checkFullText()
    }

    @Test func `notes of a version-1 index count as local-only until they are read again`() throws {
        let test = try TestStore(reopening: version1())
        func marked() throws -> [Bool?] {
            try test.store.read { reader in
                try ["a.md", "b.md"].map {
                    try reader.marks(ofNote: $0, in: "notes")?.isMarkedLocalOnly
                }
            }
        }
        let (before, rows) = try (
            marked(), test.store.read { try $0.documents { $0.isMarkedLocalOnly } }
        )
        let stamps = try test.store.read { try $0.stamps(of: test.notes) }

        try test.write("a.md", title: "Apples", [(["H"], "one wombat"), ([], "two")])

        #expect(before == [true, true])
        #expect(rows.count == 2)
        // No file has this size: the next run reads each of them.
        #expect(stamps.map(\.file.size) == [-1, -1])
        #expect(try marked() == [false, true])
    }

    @Test func `notes of a version-1 index change and go like any other`() throws {
        let test = try TestStore(reopening: version1())

        try test.write("a.md", title: "Apples", [(["H"], "one quokka"), ([], "two")])
        try test.remove("b.md")

        #expect(try test.found("wombat").isEmpty)
        #expect(try test.found("quokka") == ["one quokka"])
        #expect(try test.count("vectors") == 1)
        try test.checkFullText()
    }

    @Test func `a reader asks for a writer to bring a version-1 index up to date`() throws {
        let old = try version1()

        #expect(throws: StoreError.olderSchema(path: old.store.path, version: 1, known: 8)) {
            try Store(path: old.store.path, access: .readOnly)
        }
    }
}
