import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct BatchesTests {
    private let test: TestStore
    private let batch = StoredBatch(id: "b1", model: "openai:m", madeAt: "2026-12-01T10:00:00Z")
    private let questions = [
        StoredBatchQuestion(number: 1, name: "tea", question: "How long?", context: "{}"),
        StoredBatchQuestion(number: 2, name: nil, question: "Why?", context: "{}", reply: "no"),
    ]

    init() throws {
        test = try TestStore()
        try test.store.add(batch, questions)
    }

    private func call(cost: Double) -> ModelCall {
        ModelCall(
            at: "2026-12-01T11:00:00Z", purpose: .batch, model: "openai:m",
            usage: TokenUsage(inputTokens: 7), cost: cost)
    }

    @Test func `a batch comes back as it was kept, with its questions in their order`() throws {
        try test.store.keep(remoteID: "r1", ofBatch: "b1")

        let found = try test.store.read { (try $0.batches(), try $0.questions(ofBatch: "b1")) }

        var sent = batch
        sent.remoteID = "r1"
        #expect(found.0 == [sent])
        #expect(found.1 == questions)
    }

    @Test func `a reply is kept once, and paid once`() throws {
        try test.store.keep([(1, "four", call(cost: 0.5))], ofBatch: "b1")
        try test.store.keep([(1, "five", call(cost: 0.5)), (2, "yes", nil)], ofBatch: "b1")

        let replies = try test.store.read { try $0.questions(ofBatch: "b1").map(\.reply) }
        #expect(replies == ["four", "no"])
        #expect(try test.store.read { try $0.cost(since: "") } == 0.5)
    }

    @Test func `what is set aside counts until the question has a reply`() throws {
        func open() throws -> Double { try test.store.read { try $0.costOfOpenBatches() } }
        try test.store.add(
            StoredBatch(id: "b2", model: "openai:m", madeAt: "2026-12-02T10:00:00Z"),
            [StoredBatchQuestion(number: 1, name: nil, question: "When?", context: "{}")])
        #expect(try open() == 0)

        // The second question of the first batch has its reply.
        try test.store.setAside([1: 0.5, 2: 4], ofBatch: "b1")
        try test.store.setAside([1: 0.25], ofBatch: "b2")
        #expect(try open() == 0.75)
        try test.store.keep([(1, "four", call(cost: 0.1))], ofBatch: "b1")
        #expect(try open() == 0.25)
        try test.store.setAside([:], ofBatch: "b2")
        #expect(try open() == 0)
    }

    @Test func `a batch is found by the beginning of its id`() throws {
        try test.store.add(
            StoredBatch(id: "b2", model: "openai:m", madeAt: "2026-12-02T10:00:00Z"), [])

        #expect(try test.store.read { try $0.batches(beginning: "b").map(\.id) } == ["b2", "b1"])
        #expect(try test.store.read { try $0.batches(beginning: "b1").map(\.id) } == ["b1"])
        #expect(try test.store.read { try $0.batches(beginning: "%").isEmpty })
    }

    @Test func `a batch goes with its questions`() throws {
        try test.store.deleteBatch("b1")

        #expect(try test.store.read { try $0.batches().isEmpty })
        #expect(try test.store.read { try $0.questions(ofBatch: "b1").isEmpty })
    }
}
