import GRDB
import LoreCore
import LoreStore
import Testing

@Suite struct VectorTests {
    @Test func `vectors come back as they were saved, one for each chunk`() throws {
        let test = try TestStore()
        try test.write("a.md", "one", "three")
        try test.write("b.md", "one")
        let pending = try test.store.read {
            try $0.pendingTexts(for: testFingerprint(), limit: 10)
        }
        #expect(
            pending.map(\.text) == ["Title > 2026-01-02\n\none", "Title > 2026-01-02\n\nthree"])
        let batch = EmbeddingBatch(
            dimensions: 3, values: [0.1, -.pi, 3, 4, 5, .leastNonzeroMagnitude],
            tokenCounts: [7, 8], truncated: [false, true])
        try test.store.save(batch, of: pending, madeBy: testFingerprint())

        let loaded = try test.load(testFingerprint())
        let rows = try ["a.md", "b.md"].flatMap { try test.chunks(of: $0) }.map(\.row)
        #expect(loaded[rows[0]] == [0.1, -.pi, 3])
        #expect(loaded[rows[1]] == [4, 5, .leastNonzeroMagnitude])
        #expect(loaded[rows[2]] == [0.1, -.pi, 3])
        #expect(loaded.count == 3)
    }

    @Test func `status counts chunks with and without a vector`() throws {
        let test = try TestStore()
        try test.write("a.md", "one", "three", String(repeating: "long ", count: 10))
        try test.embedAll()
        try test.write("b.md", "one", "new")

        let status = try test.store.read { try $0.status(for: testFingerprint()) }
        #expect(status.documents == 2)
        #expect(status.chunks == 5)
        #expect(status.embedded == 4)
        #expect(status.pending == 1)
        #expect(status.truncated == 1)
        #expect(status.lastIndexedAt == "2026-01-02T12:00:00Z")
        #expect(test.store.bytes() > 8192)
        let none = try test.store.read { try $0.status(for: nil) }
        #expect(none.embedded == 0 && none.pending == 5)
    }

    @Test func `vectors of another making are neither loaded nor counted`() throws {
        let test = try TestStore()
        try test.write("a.md", "one", "two")
        try test.embedAll(testFingerprint(model: "old"))
        let new = testFingerprint(model: "new")

        #expect(try test.load(new).isEmpty)
        #expect(try test.store.read { try $0.pendingCount(for: new) } == 2)
        try test.embedAll(new)
        #expect(try test.load(testFingerprint(model: "old")).count == 2)
        try test.store.removeVectors(of: testFingerprint(model: "old"))
        #expect(try test.load(testFingerprint(model: "old")).isEmpty)
        #expect(try test.load(new).count == 2)
    }

    @Test func `the active fingerprint is remembered`() throws {
        let test = try TestStore()
        #expect(try test.store.read { try $0.activeFingerprint() } == nil)
        try test.store.setActiveFingerprint(testFingerprint(model: "a"))
        try test.store.setActiveFingerprint(testFingerprint(model: "b"))

        #expect(
            try test.store.read { try $0.activeFingerprint() } == testFingerprint(model: "b"))
    }

    @Test func `a vector goes with the last chunk that says its text`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        try test.write("b.md", "one")
        try test.embedAll()
        try test.remove("a.md")
        #expect(try test.count("vectors") == 1)
        try test.write("b.md", "two")

        #expect(try test.count("vectors") == 0)
        #expect(try test.count("embedded_texts") == 1)
    }

    @Test func `a text that vanished while it was embedded is passed over`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        let fingerprint = testFingerprint()
        let pending = try test.store.read { try $0.pendingTexts(for: fingerprint, limit: 1) }
        try test.remove("a.md")
        try test.store.save(testBatch(of: pending, fingerprint), of: pending, madeBy: fingerprint)

        #expect(try test.count("vectors") == 0)
    }

    @Test func `pages of pending texts name each text once`() throws {
        let test = try TestStore()
        for index in 0..<7 { try test.write("\(index).md", "text \(index % 5)", "same") }
        var texts: [String] = []
        var row: Int64 = 0
        while true {
            let page = try test.store.read {
                try $0.pendingTexts(for: testFingerprint(), after: row, limit: 2)
            }
            guard let last = page.last else { break }
            texts += page.map(\.text)
            row = last.row
            try test.store.save(
                testBatch(of: page, testFingerprint()), of: page, madeBy: testFingerprint())
        }
        #expect(texts.count == 6)
        #expect(Set(texts).count == 6)
        #expect(try test.store.read { try $0.pendingCount(for: testFingerprint()) } == 0)
    }

    @Test(arguments: [Float.nan, .infinity])
    func `a number that is not finite is refused`(number: Float) throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        let pending = try test.store.read {
            try $0.pendingTexts(for: testFingerprint(), limit: 1)
        }
        let batch = EmbeddingBatch(
            dimensions: 3, values: [1, number, 1], tokenCounts: [1], truncated: [false])
        #expect(
            throws: StoreError.invalidVector(model: "test", reason: "a number that is not finite")
        ) {
            try test.store.save(batch, of: pending, madeBy: testFingerprint())
        }
    }

    @Test func `a vector of the wrong length is refused, in and out`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        let pending = try test.store.read {
            try $0.pendingTexts(for: testFingerprint(), limit: 1)
        }
        let batch = EmbeddingBatch(
            dimensions: 2, values: [1, 2], tokenCounts: [1], truncated: [false])
        #expect(
            throws: StoreError.invalidVector(model: "test", reason: "2 dimensions, not 3")
        ) {
            try test.store.save(batch, of: pending, madeBy: testFingerprint())
        }
        try test.embedAll()
        try test.store.write { try $0.execute(sql: "UPDATE vectors SET vector = x'0011'") }
        #expect(throws: StoreError.invalidVector(model: "test", reason: "2 bytes, not 12")) {
            try test.load(testFingerprint())
        }
    }
}
