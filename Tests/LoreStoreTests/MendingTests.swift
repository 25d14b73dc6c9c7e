import Foundation
import GRDB
import LoreCore
import LoreStore
import TestSupport
import Testing

/// What the store sees of damage, and what a mending makes of it.
@Suite struct MendingTests {
    private func embedded() throws -> TestStore {
        let test = try TestStore()
        try test.write("a.md", "one wombat", "two", "three")
        try test.write("b.md", "four")
        try test.embedUnit()
        try test.store.setActiveFingerprint(testFingerprint())
        return test
    }

    @Test func `a sound index has no faults, and mending it does nothing`() throws {
        let test = try embedded()

        try test.expectSound()
        #expect(try test.store.mend().isEmpty)
        try test.expectSound()
    }

    @Test(arguments: [
        "DELETE FROM chunks_fts_docsize WHERE id = (SELECT min(id) FROM chunks)",
        "DELETE FROM chunks_fts_data WHERE id > 10",
    ])
    func `a damaged full-text index is made anew`(damage: String) throws {
        let test = try embedded()
        try test.damage(damage)
        #expect(try !Store.fullTextIsSound(at: test.store.path))

        let counts = try test.store.mend()

        #expect(counts.fullTextRebuilt)
        #expect(counts.documentsToRead == 0)
        #expect(try test.found("wombat") == ["one wombat"])
        try test.expectSound()
    }

    @Test func `a note that lost a chunk is to be read again`() throws {
        let test = try embedded()
        try test.damage("DELETE FROM chunks WHERE text = 'three'")
        #expect(try test.store.read { try $0.contentFaults() }.entriesWithoutChunk == 1)

        let counts = try test.store.mend()

        #expect(counts.documentsToRead == 1)
        let stamp = try test.store.read { try $0.document("a.md", in: test.notes) }
        #expect(stamp?.file.size == -1)
        try test.write("a.md", "one wombat", "two", "three")
        #expect(try test.store.read { try $0.contentFaults() }.isEmpty)
    }

    @Test func `a wrong count of words is counted anew`() throws {
        let test = try embedded()
        try test.damage("UPDATE documents SET body_tokens = 99 WHERE path = 'b.md'")
        #expect(try test.store.read { try $0.contentFaults() }.incompleteDocuments == 1)

        _ = try test.store.mend()

        try test.expectSound()
    }

    @Test func `chunks without a note and notes without a folder go`() throws {
        let test = try embedded()
        try test.damage("DELETE FROM documents WHERE path = 'b.md'")
        #expect(try test.store.read { try $0.brokenReferences() } == 1)
        #expect(try test.store.mend().rowsWithoutOwner == 1)
        try test.expectSound()

        try test.damage("DELETE FROM folders")
        #expect(try test.store.mend().rowsWithoutOwner == 1)
        #expect(try test.count("chunks") == 0)
        try test.expectSound()
    }

    @Test func `texts and vectors that no chunk needs go`() throws {
        let test = try embedded()
        try test.damage("INSERT INTO embedded_texts(hash) VALUES (zeroblob(32))")
        #expect(try test.store.read { try $0.contentFaults() }.textsWithoutChunk == 1)

        #expect(try test.store.mend().textsWithoutChunk == 1)
        try test.expectSound()
    }

    @Test(arguments: [
        "vector = zeroblob(12)", "vector = x'0011'", "vector = x'0000C07F0000000000000000'",
        "fingerprint_id = 77",
    ])
    func `a vector that no search can use is removed, to be made again`(damage: String) throws {
        let test = try embedded()
        try test.damage("UPDATE vectors SET \(damage) WHERE id = (SELECT min(id) FROM vectors)")
        #expect(try test.store.read { try $0.invalidVectorCount() } == 1)

        let counts = try test.store.mend()

        #expect(counts.invalidVectors + counts.oldVectors == 1)
        #expect(try test.store.read { try $0.pendingCount(for: testFingerprint()) } == 1)
        try test.expectSound()
    }

    @Test func `vectors of a model that no longer answers go with their making`() throws {
        let test = try embedded()
        let new = testFingerprint(model: "new")
        try test.embedUnit(new)
        try test.store.setActiveFingerprint(new)
        let makings = try test.store.read { try $0.fingerprints() }
        #expect(makings.map(\.fingerprint.model) == ["test", "new"])
        #expect(makings.map(\.isActive) == [false, true])
        #expect(makings.map(\.bytes) == [48, 48])

        #expect(try test.store.mend().oldVectors == 4)
        #expect(try test.store.read { try $0.fingerprints() }.map(\.fingerprint) == [new])
        try test.expectSound()
    }

    @Test func `a broken index of a table is made anew`() throws {
        let test = try embedded()
        try test.damage(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE INDEX chunks_chunk_id ON chunks(ordinal)'
                WHERE name = 'chunks_chunk_id';
            """)
        let again = try TestStore(reopening: test)
        #expect(try !again.store.read { try $0.structureProblems(isThorough: true) }.isEmpty)

        #expect(try again.store.mend().indexesRebuilt)
        #expect(try again.store.read { try $0.structureProblems(isThorough: true) }.isEmpty)
    }
}

extension TestStore {
    /// Changes the file as another program would, that knows nothing of lore's rules.
    func damage(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: store.path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Embeds all that is pending: vectors of unit length.
    func embedUnit(_ fingerprint: EmbeddingFingerprint = testFingerprint()) throws {
        let pending = try store.read { try $0.pendingTexts(for: fingerprint, limit: .max) }
        let unit: [Float] = [0.6, 0.8, 0]
        let batch = EmbeddingBatch(
            dimensions: 3, values: Array(repeatElement(unit, count: pending.count).joined()),
            tokenCounts: pending.map { _ in 1 },
            truncated: pending.map { _ in false })
        try store.save(batch, of: pending, madeBy: fingerprint)
    }

    func expectSound() throws {
        #expect(try store.read { try $0.structureProblems(isThorough: true) } == [])
        #expect(try store.read { try $0.contentFaults() }.isEmpty)
        #expect(try store.read { try $0.brokenReferences() } == 0)
        #expect(try store.read { try $0.invalidVectorCount() } == 0)
        #expect(try Store.fullTextIsSound(at: store.path))
    }
}
