import Foundation
import Lore
import LoreCore
import TestSupport
import Testing

/// What the last answer cited, in the passages of a question that goes on with it.
@Suite struct KeptPassagesTests {
    private static let model = "ollama:qwen3"

    /// Five notes about flour beside the one about tea, and a turn that cites the tea.
    private func notes(
        _ change: (AskingNotes) throws -> Void = { _ in }
    ) async throws -> (notes: AskingNotes, conversation: String) {
        let notes = try await AskingNotes()
        for number in 1...5 {
            try notes.folder.write(
                "# Flour \(number)\n\nWholemeal flour \(number) makes a dark dough.\n",
                to: "notes/flour\(number).md")
        }
        try await index(notes)
        notes.provider.next(.say(.text("Four minutes [1].")))
        let answer = try await notes.knowledgeBase.ask(
            AskRequest(AskingNotes.question, model: Self.model))
        #expect(answer.citations.map(\.path) == ["tea.md"])
        try change(notes)
        try await index(notes)
        return (notes, answer.conversationID)
    }

    private func index(_ notes: AskingNotes) async throws {
        _ = try await notes.knowledgeBase.index(
            IndexRequest(folders: [notes.folder.url.appending(path: "notes").path]))
    }

    /// The paths of the passages that a question is answered from which a model has rewritten.
    private func paths(
        _ notes: AskingNotes, _ conversation: String, passages: Int? = nil,
        filter: String? = nil, rewritten: String = "Which wholemeal flour makes a dark dough?"
    ) async throws -> [String] {
        notes.provider.next(.say(.text(rewritten)), .say(.text("Any of them [1].")))
        let answer = try await notes.knowledgeBase.ask(
            AskRequest(
                "Which wholemeal flour makes a dark dough?", model: Self.model,
                passages: passages, filter: try filter.map { try Filter($0) },
                conversation: .named(conversation)))
        #expect(answer.passages.map(\.rank) == Array(1...answer.passages.count))
        return answer.passages.map(\.path)
    }

    @Test func `what was cited stays, behind what was found`() async throws {
        let (notes, conversation) = try await notes()

        let paths = try await paths(
            notes, conversation, passages: 4, rewritten: "Which wholemeal flour makes dark dough?")

        #expect(paths.count == 4)
        #expect(paths.prefix(3).allSatisfy { $0.hasPrefix("flour") })
        #expect(paths.last == "tea.md")
    }

    @Test func `it takes no place where few are wanted, nor where the question stands alone`()
        async throws
    {
        let (notes, conversation) = try await notes()

        let few = try await paths(
            notes, conversation, passages: 3, rewritten: "Which wholemeal flour makes dark dough?")
        let alone = try await paths(notes, conversation, passages: 4)

        #expect(few.count == 3)
        #expect((few + alone).allSatisfy { $0.hasPrefix("flour") })
    }

    @Test func `what the filter keeps out, or is no longer there, is not kept`() async throws {
        let filtered = try await notes()
        let changed = try await notes { notes in
            try notes.folder.write("# Tea\n\nNo more tea.\n", to: "notes/tea.md")
        }

        for (found, filter) in [(filtered, "path:flour*"), (changed, nil)] {
            let paths = try await paths(
                found.notes, found.conversation, passages: 4, filter: filter,
                rewritten: "Which wholemeal flour makes dark dough?")
            #expect(paths.allSatisfy { $0.hasPrefix("flour") })
        }
    }
}
