import Foundation
import LoreCore
import LoreSearch
import LoreStore
import TestSupport
import Testing

@testable import Lore

/// A list of hits against the ranking of chunks that it is chosen from.
///
/// With notes that repeat one another and sections that are cut into several chunks.
@Suite struct HitListTests {
    private static let words = [
        "boiler", "pressure", "pear", "train", "ticket", "invoice", "garden", "meeting", "budget",
        "cat", "hotel", "error", "retry", "the", "of",
    ]

    private func sentence(_ random: inout SeededRandom) -> String {
        (0..<12).map { _ in Self.words.randomElement(using: &random) ?? "" }
            .joined(separator: " ").capitalized + "."
    }

    /// Sections of one to thirty sentences, with various white space between; every fifth note
    /// repeats the last section of the one before.
    private func notes(_ random: inout SeededRandom) -> [String: String] {
        var notes: [String: String] = [:]
        var last = ""
        for number in 0..<40 {
            var text = "# Note \(number)\n\n"
            if number % 5 == 4 { text += "## Kept\n\n\(last)\n\n" }
            for section in 0..<Int.random(in: 1...3, using: &random) {
                let separator = ["\n\n", " ", "\r\n\r\n", "\n \n"].randomElement(using: &random)
                last = (0..<Int.random(in: 1...30, using: &random))
                    .map { _ in sentence(&random) }.joined(separator: separator ?? " ")
                text += "## Part \(section)\n\n\(last)\n\n"
            }
            notes["n\(number).md"] = text
        }
        return notes
    }

    private func opened(
        _ notes: [String: String], in folder: TemporaryFolder
    ) async throws -> KnowledgeBase {
        for (path, text) in notes { try folder.write(text, to: "notes/" + path) }
        let knowledgeBase = KnowledgeBase(
            configuration: Configuration(in: folder))
        _ = try await knowledgeBase.index(IndexRequest(folders: [folder.path + "/notes"]))
        return knowledgeBase
    }

    /// What of a hit does not depend on how long the list is.
    private struct Lasting: Hashable {
        let path: String
        let chunk: Chunk
        let score: Double
        let parts: [Hit.Part]

        init(_ hit: Hit) {
            path = hit.path
            chunk = hit.chunk
            score = hit.score
            parts = hit.parts
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `each chunk of the ranking is shown, named, or waits; ranges are the file's bytes`(
        seed: UInt64
    ) async throws {
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let notes = notes(&random)
        let knowledgeBase = try await opened(notes, in: folder)
        let text = (0..<3).map { _ in Self.words.randomElement(using: &random) ?? "" }
            .joined(separator: " ")
        let full = try await knowledgeBase.search(Query(text: text, mode: .lexical, limit: 1_000))
        try #require(full.hits.count < 1_000)
        for limit in [1, 5, 20] {
            let found = try await knowledgeBase.search(
                Query(text: text, mode: .lexical, limit: limit))
            #expect(
                found.hits.map(Lasting.init) == full.hits.prefix(limit).map(Lasting.init),
                "\(text), first \(limit), seed \(seed)")
        }
        for hit in full.hits {
            let bytes = Array((notes[hit.path] ?? "").utf8)
            #expect(Array(hit.chunk.text.utf8) == Array(bytes[hit.chunk.range.bytes]))
            #expect(hit.parts.map(\.score).max() == hit.score)
            #expect((1...HitRules.standard.chunksJoined).contains(hit.parts.count))
        }
        #expect(full.hits.contains { $0.parts.count > 1 }, "seed \(seed)")
        #expect(full.hits.contains { !$0.alsoIn.isEmpty }, "seed \(seed)")

        let ranking = try knowledgeBase.opened.reader().read { reader in
            let ranking = try knowledgeBase.retriever.ranking(
                Retriever.Question(text: text, mode: .lexical, meaning: nil), limit: 1_000,
                in: reader)
            return try reader.chunks(rows: ranking.chunks.map(\.row)).map {
                Hit.Place(path: $0.path, range: $0.chunk.range)
            }
        }
        let shown = full.hits.flatMap { hit in
            hit.parts.map { Hit.Place(path: hit.path, range: $0.chunk.range) } + hit.alsoIn
        }
        #expect(shown.count == Set(shown).count, "a chunk is shown twice, seed \(seed)")
        #expect(Set(ranking).isSubset(of: Set(shown)), "seed \(seed)")
    }

    @Test(arguments: [4, 5] as [UInt64])
    func `a filtered list holds what passes, with the scores of the whole ranking`(
        seed: UInt64
    ) async throws {
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let knowledgeBase = try await opened(notes(&random), in: folder)
        let text = "pear train budget"
        func found(_ limit: Int) async throws -> [Hit] {
            try await knowledgeBase.search(
                Query(text: text, mode: .lexical, limit: limit, filter: Filter("path:n1*.md"))
            ).hits
        }
        let whole = try knowledgeBase.opened.reader().read { reader in
            let chunks = try knowledgeBase.retriever.ranking(
                Retriever.Question(text: text, mode: .lexical, meaning: nil), limit: 1_000,
                in: reader
            ).chunks
            return try zip(chunks, reader.chunks(rows: chunks.map(\.row))).map {
                (place: Hit.Place(path: $1.path, range: $1.chunk.range), score: $0.score)
            }
        }
        let passing = whole.filter { $0.place.path.hasPrefix("n1") }
        let scores = Dictionary(uniqueKeysWithValues: passing.map { ($0.place, $0.score) })
        try #require(passing.count > 10 && passing.count < whole.count)

        let hits = try await found(1_000)
        for hit in hits {
            for part in hit.parts {
                #expect(scores[Hit.Place(path: hit.path, range: part.chunk.range)] == part.score)
            }
        }
        let shown = hits.flatMap { hit in
            hit.parts.map { Hit.Place(path: hit.path, range: $0.chunk.range) } + hit.alsoIn
        }
        #expect(shown.count == Set(shown).count)
        #expect(Set(shown) == Set(passing.map(\.place)))
        let short = try await found(4)
        #expect(short.map(Lasting.init) == hits.prefix(4).map(Lasting.init))
    }

    @Test func `a note has its share of hits until no other note is left`() async throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 7)
        let knowledgeBase = try await opened(notes(&random), in: folder)
        let full = try await knowledgeBase.search(
            Query(text: "pear train budget", mode: .lexical, limit: 1_000))

        var counts: [String: Int] = [:]
        let extra = full.hits.firstIndex { hit in
            counts[hit.path, default: 0] += 1
            return counts[hit.path, default: 0] > HitRules.standard.perDocument
        }
        let start = try #require(extra)
        #expect(full.hits[..<start].map(\.score) == full.hits[..<start].map(\.score).sorted(by: >))
        #expect(full.hits[start...].map(\.score) == full.hits[start...].map(\.score).sorted(by: >))
        let before = Set(full.hits[..<start].map(\.path))
        #expect(full.hits[start...].allSatisfy { before.contains($0.path) })
    }
}
