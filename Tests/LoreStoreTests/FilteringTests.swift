import LoreCore
import LoreStore
import TestSupport
import Testing

/// Which documents of an index pass a filter.
@Suite struct FilteringTests {
    /// The paths of the notes that pass, on 2026-03-31 in UTC.
    private func passing(_ filter: String, _ test: TestStore) throws -> [String] {
        let matcher = FilterMatcher(
            try Filter(filter), today: try #require(Day(year: 2026, month: 3, day: 31)),
            startOfDay: { Int64($0.number) * 86_400_000_000_000 })
        return try test.store.read { reader in
            let rows = try reader.documents(passing: matcher)
            let found = try reader.documents().filter { rows.contains($0.row) }
            #expect(rows.count == found.count)
            return found.map(\.document.path)
        }
    }

    /// Each test note is tagged `work` and `ü "x"`, also called `other`, dated 2026-01-02, Markdown,
    /// changed at the start of 1970, in the folder `notes`.
    @Test(arguments: [
        ("tag:work", ["a/Pear.md", "b.md"]), ("tag:\"Ü \\\"x\\\"\"", ["a/Pear.md", "b.md"]),
        ("tag:x", []), ("alias:OTHER", ["a/Pear.md", "b.md"]), ("path:a/", ["a/Pear.md"]),
        ("path:notes/b", ["b.md"]), ("folder:notes -folder:a", ["b.md"]),
        ("file:pear", ["a/Pear.md"]),
        ("title:\"ö pear\"", ["a/Pear.md"]), ("type:md", ["a/Pear.md", "b.md"]), ("type:pdf", []),
        ("on:2026-01-02", ["a/Pear.md", "b.md"]), ("after:today-3m", ["a/Pear.md", "b.md"]),
        ("before:2026", []),
    ])
    func `every field is read from the index`(filter: String, expected: [String]) throws {
        let test = try TestStore()
        try test.write("a/Pear.md", title: "Ö Pear", "x")
        try test.write("b.md", title: "B", "x")

        #expect(try passing(filter, test) == expected)
    }

    @Test(arguments: [
        "title:\"'; DROP TABLE documents; --\"", "path:\"' OR 1=1 --\"", "tag:\"%\"", "file:\"_\"",
        "title:\"\u{0}\"", "folder:\"notes' --\"",
    ])
    func `no filter is SQL`(filter: String) throws {
        let test = try TestStore()
        try test.write("a.md", "x")

        #expect(try passing(filter, test).isEmpty)
        #expect(try test.count("documents") == 1)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a set of rows holds what was put in`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var rows = RowSet()
        var plain: Set<Int64> = []
        for _ in 0..<300 {
            let row = Int64.random(in: 0..<1_000, using: &random)
            rows.insert(row)
            plain.insert(row)
        }
        #expect(rows.count == plain.count, "seed \(seed)")
        #expect((0..<1_200).allSatisfy { rows.contains($0) == plain.contains($0) }, "seed \(seed)")
    }

    @Test func `only the notes that may be found are found, at the same scores`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "Pear", "pear fig", "pear")
        try test.write("b.md", title: "T", "pear pear", "fig")
        try test.write("c.md", title: "T", "plum")
        let row = try test.chunks(of: "b.md")[0].documentRow
        var only = RowSet()
        only.insert(row)
        let (all, some) = try test.store.read { reader in
            (
                try reader.lexicalMatches("pear fig", scoredBy: plainBM25),
                try reader.lexicalMatches("pear fig", scoredBy: plainBM25, among: only)
            )
        }
        #expect(some.chunks == all.chunks.filter { ChunkRow.document(of: $0.row) == row })
        #expect(some.documents == all.documents.filter { $0.row == row })
        #expect(some.chunks.count == 2 && all.chunks.count == 4)
        #expect(some.terms == all.terms)
        #expect(some.chunkCeiling == all.chunkCeiling)
    }

    @Test func `ranks and scores are told of every chunk and note that was found`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear", "pear pear", "fig")
        let matches = try test.store.read {
            try $0.lexicalMatches("pear", scoredBy: plainBM25)
        }
        let rows = try test.chunks(of: "a.md").map(\.row)

        #expect(rows.map(matches.rank(ofChunk:)) == [2, 1, nil])
        #expect(matches.score(ofChunk: rows[1]) == matches.chunks[0].score)
        #expect(matches.rank(ofDocument: ChunkRow.document(of: rows[0])) == 1)
        #expect(matches.rank(ofDocument: 99) == nil)
    }

    /// A chunk's own score decides alone, or its note's with it.
    @Test func `the order may count the whole note`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear fig plum kiwi", "kiwi plum lime date")
        try test.write("b.md", title: "T", "pear fig plum kiwi", "pear pear pear pear")
        let order = LexicalOrder(chunkWeight: 0.1, documentWeight: 1)
        let (alone, both) = try test.store.read { reader in
            (
                try reader.lexicalMatches("pear", scoredBy: plainBM25),
                try reader.lexicalMatches("pear", scoredBy: plainBM25, order: order)
            )
        }
        let (a, b) = (try test.chunks(of: "a.md"), try test.chunks(of: "b.md"))

        #expect(alone.chunks.map(\.row) == [b[1].row, a[0].row, b[0].row])
        #expect(both.chunks.map(\.row) == [b[1].row, b[0].row, a[0].row])
        #expect(both.value(ofChunk: b[1].row) > both.value(ofChunk: b[0].row))
    }
}
