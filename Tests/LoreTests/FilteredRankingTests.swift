import Foundation
import LoreCore
import LoreSearch
import LoreStore
import TestSupport
import Testing

@testable import Lore

/// A filtered search is the full ranking restricted to the filter, and a short one its beginning.
///
/// With a tiny model of random weights, and more chunks than the lists that are merged first hold.
@Suite struct FilteredRankingTests {
    private struct Note {
        let path: String
        let tags: [String]
        let date: String
        let text: String
    }

    /// A filter and what it means.
    private struct Choice {
        let filter: String
        let holds: @Sendable (Note) -> Bool
    }

    private static let choices = [
        Choice(filter: "tag:rare") { $0.tags.contains("rare") },
        Choice(filter: "tag:work") { $0.tags.contains { $0.hasPrefix("work") } },
        Choice(filter: "path:a/ -tag:work/q3") {
            $0.path.hasPrefix("a/") && !$0.tags.contains("work/q3")
        },
        Choice(filter: "tag:rare OR (after:2026-02 type:txt)") {
            $0.tags.contains("rare") || $0.date >= "2026-02" && $0.path.hasSuffix("txt")
        },
        Choice(filter: "-(path:**/b/** OR before:2026-02-01)") {
            !$0.path.contains("b/") && $0.date >= "2026-02-01"
        },
        Choice(filter: "tag:none") { _ in false },
    ]

    private static let words = [
        "boiler", "pressure", "pear", "train", "ticket", "invoice", "garden", "the", "of",
        "meeting",
        "budget", "cat", "hotel", "2026", "error", "retry",
    ]

    private func notes(_ random: inout SeededRandom) -> [Note] {
        (0..<220).map { number in
            var tags = ["x"]
            if number % 60 == 0 { tags.append("rare") }
            if number % 3 == 0 { tags.append(number % 2 == 0 ? "work/q3" : "work") }
            let sections = (0..<Int.random(in: 1...3, using: &random)).map { section in
                let count = Int.random(in: 1...12, using: &random)
                let words = (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }
                return "# Part \(section)\n\n\(words.joined(separator: " ")).\n"
            }
            let folder = ["a/", "a/b/", "b/", "c/"].randomElement(using: &random) ?? ""
            let isText = number % 5 == 0
            let date = "2026-0\(number % 3 + 1)-1\(number % 10)"
            let head = "---\ntags: [\(tags.joined(separator: ", "))]\n---\n"
            return Note(
                path: folder + "\(date) n\(number)" + (isText ? ".txt" : ".md"),
                tags: isText ? [] : tags, date: date,
                text: (isText ? "" : head) + sections.joined(separator: "\n"))
        }
    }

    private func opened(_ notes: [Note], in folder: TemporaryFolder) async throws -> KnowledgeBase {
        for note in notes { try folder.write(note.text, to: "notes/" + note.path) }
        let knowledgeBase = KnowledgeBase(
            configuration: Configuration(in: folder))
        _ = try knowledgeBase.importModel(
            from: TestModel.repository.appending(
                path: "Tests/LoreEmbeddingTests/Fixtures/models/mean-f32-uncased"),
            name: "minilm")
        _ = try await knowledgeBase.index(IndexRequest(folders: [folder.path + "/notes"]))
        return knowledgeBase
    }

    /// What of a ranked chunk does not depend on the others.
    private struct Found: Hashable {
        let path: String
        let chunk: ChunkID
        let score: Double
        let parts: [Double]
    }

    private struct Ranked: Sendable {
        var found: [Found] = []
        var explanations: [[SignalContribution]] = []
        var passing: Int?
    }

    /// The first of the ranking of chunks that hits are chosen from.
    private func ranked(_ query: Query, by knowledgeBase: KnowledgeBase) async throws -> Ranked {
        let store = try knowledgeBase.opened.reader()
        let meaning = try await knowledgeBase.meaning(of: query.text, mode: query.mode, in: store)
        let question = Retriever.Question(
            text: query.text, mode: query.mode, meaning: meaning.meaning,
            filter: query.filter.map(knowledgeBase.time.matcher))
        return try store.read { reader in
            let ranking = try knowledgeBase.retriever.ranking(
                question, limit: query.limit, in: reader)
            var ranked = Ranked(passing: ranking.passing)
            let best = ranking.chunks.prefix(query.limit)
            for (stored, chunk) in zip(try reader.chunks(rows: best.map(\.row)), best) {
                ranked.found.append(
                    Found(
                        path: stored.path, chunk: stored.chunk.id, score: chunk.score,
                        parts: chunk.explanation.map(\.contribution)))
                ranked.explanations.append(ranking.explanation(of: chunk))
            }
            return ranked
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `a filtered search is the full ranking restricted, in every mode`(
        seed: UInt64
    ) async throws {
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let notes = notes(&random)
        let knowledgeBase = try await opened(notes, in: folder)
        let byPath = Dictionary(uniqueKeysWithValues: notes.map { ($0.path, $0) })
        for mode in SearchMode.allCases {
            let text = (0..<3).map { _ in Self.words.randomElement(using: &random) ?? "" }
                .joined(separator: " ")
            let full = try await ranked(
                Query(text: text, mode: mode, limit: 1_000), by: knowledgeBase
            ).found
            #expect(full.count > 200 && full.count < 1_000, "seed \(seed), \(mode)")
            let short = try await ranked(
                Query(text: text, mode: mode, limit: 10), by: knowledgeBase)
            #expect(short.found == Array(full.prefix(10)), "\(text), seed \(seed), \(mode)")
            for choice in Self.choices {
                let limit = Int.random(in: 1...60, using: &random)
                let kept = full.filter { byPath[$0.path].map(choice.holds) == true }
                let found = try await ranked(
                    Query(text: text, mode: mode, limit: limit, filter: Filter(choice.filter)),
                    by: knowledgeBase)
                #expect(
                    found.found == Array(kept.prefix(limit)),
                    "\(choice.filter), \(text), first \(limit), seed \(seed), \(mode)")
                #expect(found.passing == notes.count(where: choice.holds))
            }
        }
    }

    @Test func `a rank by words is that among all notes that pass`() async throws {
        let folder = try TemporaryFolder()
        let notes = (0..<20).map {
            Note(
                path: "\($0 % 2 == 0 ? "a" : "b")/n\($0).md", tags: [], date: "",
                text: "# N\n\n" + String(repeating: "pear ", count: $0 + 1) + "fig\n")
        }
        let knowledgeBase = try await opened(notes, in: folder)
        let ranked = try await ranked(
            Query(text: "pear", mode: .lexical, limit: 20, filter: Filter("path:b")),
            by: knowledgeBase)

        let parts = ranked.explanations.map { $0[0] }.sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
        #expect(ranked.found.allSatisfy { $0.path.hasPrefix("b/") })
        #expect(parts.map(\.rank) == (1...parts.count).map { $0 })
        #expect(parts.map(\.raw) == parts.map(\.raw).sorted(by: >))
    }
}
