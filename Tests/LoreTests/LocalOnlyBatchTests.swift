import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

@testable import Lore

@Suite(.timeLimit(.minutes(2))) struct LocalOnlyBatchTests {
    private let place: LocalOnlyNotes
    private static let models = ["openai:gpt-6-luna", LocalOnlyNotes.remote]
    /// At a provider without batches, which is asked one by one.
    private static let paced = "groq:qwen"
    private let questions = [
        BatchQuestion(LocalOnlyNotes.question), BatchQuestion("What is minded of the bread?"),
    ]

    init() throws { place = try LocalOnlyNotes() }

    private func indexed() async throws -> KnowledgeBase {
        let notes = place.knowledgeBase()
        try await place.index(notes)
        return notes
    }

    /// What the egress list says is what the provider was sent, of notes that may be sent.
    private func expectTrueAccount(_ notes: KnowledgeBase) async throws {
        #expect(await notes.settle() == [])
        place.expectNoLeak()
        let entries = try notes.egress()
        #expect(!entries.isEmpty)
        #expect(place.places(entries) == place.cloud.passages)
        #expect(Set(entries.map(\.host)) == [place.cloud.host])
        #expect(Set(entries.map(\.purpose)) == [.batch])
    }

    @Test(arguments: models + [paced])
    func `a batch holds nothing of them, and all of it is entered`(model: String) async throws {
        let notes = try await indexed()

        let sent = try await notes.submitBatch(questions, model: model)
        _ = try await notes.collectBatch(sent.id)

        try await expectTrueAccount(notes)
    }

    @Test(arguments: models + [paced])
    func `what became local-only before a batch left is not sent`(model: String) async throws {
        let before = try await indexed()
        place.cloud.provider.next(.connection(LoopbackReply(steps: [.reset])))
        await #expect(throws: ProviderError.self) {
            try await before.submitBatch(questions, model: model)
        }
        let batch = try #require(try before.batches().first)
        _ = await before.settle()
        let sent = place.cloud.passages.count
        let marked = place.knowledgeBase { $0.localOnlyFolders = ["journal", "notes"] }

        _ = try await marked.collectBatch(batch.id)
        let collected = try await marked.collectBatch(batch.id)

        let failures = collected.answers.map { answer -> String? in
            guard case .failure(let failure) = answer.result else { return nil }
            return failure.description
        }
        #expect(failures[0]?.contains("the note is local-only") == true, "\(failures)")
        #expect(failures[1] == nil)
        #expect(!place.cloud.passages.dropFirst(sent).contains { $0.hasPrefix("notes/") })
    }

    @Test func `an answer of a batch on this machine is withheld from a model elsewhere`()
        async throws
    {
        let notes = try await indexed()
        let secret = "The hidden pump under the cellar stairs runs forty-one minutes [1]."
        place.cloud.provider.next(.say(.text(secret)))
        let batch = try await notes.submitBatch([questions[0]], model: LocalOnlyNotes.local)

        let answer = try await notes.ask(
            AskRequest(
                "And the pump in winter?", model: LocalOnlyNotes.remote,
                conversation: .named(batch.id)))

        #expect(answer.notices.contains { $0.hasPrefix("1 earlier answer from local-only") })
        place.expectNoLeak()
    }
}
