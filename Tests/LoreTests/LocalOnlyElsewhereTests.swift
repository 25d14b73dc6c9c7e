import Foundation
import LoreCore
import TestSupport
import Testing

@testable import Lore

/// Models besides the one that answers: the one that rewrites and sums up, and the one of an evaluation.
@Suite(.timeLimit(.minutes(2))) struct LocalOnlyElsewhereTests {
    private let place: LocalOnlyNotes
    private static let secret =
        "The hidden pump under the cellar stairs runs forty-one minutes, nobody knows."

    init() throws { place = try LocalOnlyNotes() }

    @Test(
        arguments: [
            (LocalOnlyNotes.local, LocalOnlyNotes.remote),
            (LocalOnlyNotes.remote, LocalOnlyNotes.local),
        ], HistoryChoice.allCases)
    func `a model that rewrites and sums up is sent none of them, nor is one that answers`(
        models: (answers: String, rewrites: String), history: HistoryChoice
    ) async throws {
        let first = place.knowledgeBase()
        try await place.index(first)
        place.cloud.provider.next(.say(.text(Self.secret + " [1]")))
        var request = AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.local)
        request.conversation = .named(try await first.ask(request).conversationID)
        let notes = place.knowledgeBase {
            $0.utilityModel = models.rewrites
            $0.history = history
            // So that older turns give way.
            $0.historyShare = 0.01
        }

        request.model = models.answers
        for question in ["And the pump in winter?", "Why does it run?", "And in the garden?"] {
            request.question = question
            _ = try await notes.ask(request)
        }

        #expect(!place.cloud.bodies.isEmpty)
        place.expectNoLeak()
        #expect(try Set(place.places(notes.egress())) == Set(place.cloud.passages))
    }

    /// The folder `notes`, with a question and what answers it.
    private func labelledNotes() throws -> URL {
        try place.folder.write(
            #"{"_id": "q", "text": "How long does the pump run?"}"# + "\n",
            to: "notes/queries.jsonl")
        try place.folder.write(
            "query-id\tcorpus-id\tscore\nq\topen.md\t1\n", to: "notes/qrels/test.tsv")
        return place.folder.url.appending(path: "notes")
    }

    @Test func `an evaluation sends none of them, and its account is that of the index`()
        async throws
    {
        let folder = try labelledNotes()
        let notes = place.knowledgeBase { $0.embeddingModel = "openai:text-embedding-3-small" }
        try await place.index(place.knowledgeBase(), ["other"])

        _ = try await notes.evaluate(EvaluationRequest(folder: folder, modes: [.hybrid]))
        _ = await notes.settle()

        place.expectNoLeak()
        let entries = try notes.egress()
        #expect(
            place.places(entries) == ["open.md:1-3", "qrels/test.tsv:1-2", "queries.jsonl:1-1"])
        #expect(Set(entries.map(\.purpose)) == [.embedding])
        #expect(try notes.costs().map(\.purpose) == [.embedding])
    }

    @Test func `a set below a local-only folder stays there, whatever its own name`() async throws {
        let folder = try labelledNotes()
        _ = try await place.knowledgeBase().index(
            IndexRequest(folders: [folder.path], name: "mine"))
        let notes = place.knowledgeBase {
            $0.embeddingModel = "openai:text-embedding-3-small"
            $0.localOnlyFolders = ["Mine"]
        }

        _ = try await notes.evaluate(EvaluationRequest(folder: folder, modes: [.hybrid]))

        #expect(place.cloud.leak(of: LocalOnlyNotes.open) == nil)
        #expect(try notes.egress().isEmpty)
    }

    @Test func `so does one that is reached by a link`() async throws {
        let folder = try labelledNotes()
        _ = try await place.knowledgeBase().index(
            IndexRequest(folders: [folder.path], name: "mine"))
        let link = place.folder.url.appending(path: "link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
        let notes = place.knowledgeBase {
            $0.embeddingModel = "openai:text-embedding-3-small"
            $0.localOnlyFolders = ["mine"]
        }

        _ = try await notes.evaluate(EvaluationRequest(folder: link, modes: [.hybrid]))

        #expect(place.cloud.leak(of: LocalOnlyNotes.open) == nil)
        #expect(try notes.egress().isEmpty)
    }

    @Test func `so does a set of notes that has a local-only folder in it`() async throws {
        let folder = try labelledNotes()
        try place.folder.write(
            "# Diary\n\nThe pump runs for nine secret hours of the long night.\n",
            to: "notes/diary/day.md")
        _ = try await place.knowledgeBase().index(
            IndexRequest(folders: [folder.appending(path: "diary").path], name: "diary"))
        let notes = place.knowledgeBase {
            $0.embeddingModel = "openai:text-embedding-3-small"
            $0.localOnlyFolders = ["diary"]
        }

        _ = try await notes.evaluate(EvaluationRequest(folder: folder, modes: [.hybrid]))

        #expect(place.cloud.leak(of: "nine secret hours of the long night") == nil)
    }

    @Test func `an evaluation keeps to the ceiling of the index that keeps its account`()
        async throws
    {
        let folder = try labelledNotes()
        try await place.index(place.knowledgeBase(), ["other"])
        let notes = place.knowledgeBase {
            $0.embeddingModel = "openai:text-embedding-3-small"
            $0.maxCostDay = 1
        }
        notes.ledger.record(
            TokenUsage(inputTokens: 1, outputTokens: 1), of: "openai:gpt-6-luna", for: .answer,
            cost: 1)

        await #expect(throws: (any Error).self) {
            _ = try await notes.evaluate(EvaluationRequest(folder: folder, modes: [.hybrid]))
        }
        #expect(place.cloud.bodies.isEmpty)
    }
}
