import Foundation
import LoreCore
import LoreStore
import TestSupport
import Testing

@testable import Lore

/// A program that keeps an index open while another process changes its model.
@Suite struct ModelChangeSearchTests {
    private let folder: TemporaryFolder
    private let configuration: Configuration

    init() throws {
        folder = try TemporaryFolder()
        for number in 0..<12 {
            try folder.write("# Note \(number)\n\nA cat sat.\n", to: "notes/n\(number).md")
        }
        configuration = Configuration(in: folder)
        let models = TestModel.repository.appending(
            path: "Tests/LoreEmbeddingTests/Fixtures/models")
        let knowledgeBase = KnowledgeBase(configuration: configuration)
        for (name, source) in [("old", "mean-f32-uncased"), ("new", "cls-f16-prefixed")] {
            _ = try knowledgeBase.importModel(
                from: models.appending(path: source), name: name)
        }
    }

    /// Indexes as `lore index --model NAME` in a process of its own would.
    private func index(model: String) async throws {
        var configuration = configuration
        configuration.embeddingModel = model
        let request = IndexRequest(folders: [folder.path + "/notes"], changesModel: true)
        _ = try await KnowledgeBase(configuration: configuration).index(request)
    }

    private var query: Query { Query(text: "a cat", mode: .semantic, limit: 10) }

    @Test func `searches and answers follow the index's model, also after the old one is dropped`()
        async throws
    {
        try await index(model: "old")
        let open = KnowledgeBase(configuration: configuration)
        let before = try await open.search(query)

        try await index(model: "new")
        let changed = try await open.search(query)
        _ = try await KnowledgeBase(configuration: configuration).mend()
        let after = try await open.search(query)
        _ = try await open.ask("Where did the cat sit?")

        #expect([before, changed, after].map(\.hits.count) == [10, 10, 10])
        #expect(changed.hits.map(\.score) != before.hits.map(\.score))
        #expect(after.hits.map(\.score) == changed.hits.map(\.score))
    }

    @Test func `a query of the model before is never compared with the vectors of the one after`()
        async throws
    {
        try await index(model: "old")
        let open = KnowledgeBase(configuration: configuration)
        let store = try open.opened.reader()
        let stale = try await open.meaning(of: "a cat", mode: .semantic, in: store)

        try await index(model: "new")

        let question = Retriever.Question(
            text: "a cat", mode: .semantic, meaning: stale.meaning)
        #expect(throws: Retriever.ModelChanged.self) {
            try store.read { try open.retriever.ranking(question, limit: 10, in: $0) }
        }
    }
}
