import Foundation
import Lore
import LoreCore
import TestSupport
import Testing

/// What is said and shown where no note holds a word.
@Suite struct MissingWordsTests {
    private func knowledgeBase(in folder: TemporaryFolder) async throws -> KnowledgeBase {
        try folder.write("# Clusters\n\nKubernetes restarts the pods.\n", to: "notes/a.md")
        try folder.write("# Bread\n\nFlour, water and salt.\n", to: "notes/b.md")
        let knowledgeBase = KnowledgeBase(
            configuration: Configuration(in: folder))
        _ = try await knowledgeBase.index(IndexRequest(folders: [folder.path + "/notes"]))
        return knowledgeBase
    }

    @Test func `a search says what it shows instead`() async throws {
        let folder = try TemporaryFolder()
        let knowledgeBase = try await knowledgeBase(in: folder)

        let wrong = try await knowledgeBase.search(
            Query(text: "kuberntes", mode: .lexical, limit: 5))
        #expect(wrong.hits.map(\.path) == ["a.md"])
        #expect(wrong.notices == [#"no note holds "kuberntes"; showing "kubernetes""#])

        let right = try await knowledgeBase.search(
            Query(text: "kubernetes", mode: .lexical, limit: 5))
        #expect(right.notices.isEmpty)
        #expect(right.hits[0].score > wrong.hits[0].score)
    }

    @Test func `a misprint makes no answer of what is no answer`() async throws {
        let folder = try TemporaryFolder()
        let knowledgeBase = try await knowledgeBase(in: folder)

        let right = try await knowledgeBase.ask("What does Kubernetes restart?")
        let wrong = try await knowledgeBase.ask("What does Kuberntes restart?")
        let other = try await knowledgeBase.ask("Who painted the kuberntes?")
        #expect(right.state == .grounded)
        #expect(wrong.confidence < right.confidence)
        #expect(other.state == .notFound)
        #expect(!other.notices.contains { $0.hasPrefix("no note holds") })
    }
}
