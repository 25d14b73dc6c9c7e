import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct SummariesTests {
    private let test: TestStore
    private let made = EmbeddingFingerprint(
        model: "m", digest: "", dimensions: 2, maxTokens: 8, pooling: "mean", queryPrefix: "",
        passagePrefix: "")

    init() throws {
        test = try TestStore()
        for (conversation, answer) in [("c1", "a1"), ("c1", "a2"), ("c2", "a3")] {
            try test.store.open(
                OpenedTurn(
                    conversationID: conversation, answerID: answer,
                    askedAt: "2026-12-01T10:00:00Z", question: "How long?",
                    standaloneQuestion: "How long?", model: "extractive"))
        }
    }

    private func keep(_ text: String, to number: Int, of conversation: String) throws {
        try test.store.keep(
            ConversationSummary(lastNumber: number, model: "m", text: text),
            ofConversation: conversation, at: "2026-12-01T10:00:00Z")
    }

    private func summaries(_ conversation: String) throws -> [String] {
        try test.store.read { try $0.summaries(ofConversation: conversation).map(\.text) }
    }

    private func batch(_ values: [Float]) -> EmbeddingBatch {
        let count = values.count / 2
        return EmbeddingBatch(
            dimensions: 2, values: values, tokenCounts: Array(repeating: 1, count: count),
            truncated: Array(repeating: false, count: count))
    }

    private func vectors(
        _ conversation: String, _ fingerprint: EmbeddingFingerprint
    ) throws -> [Int: [Float]] {
        try test.store.read {
            try $0.turnVectors(ofConversation: conversation, madeBy: fingerprint)
        }
    }

    @Test func `summaries come by the turn they end with, the last kept of each`() throws {
        try keep("late", to: 2, of: "c1")
        try keep("early", to: 1, of: "c1")
        try keep("later", to: 2, of: "c1")
        try keep("other", to: 1, of: "c2")

        #expect(try summaries("c1") == ["early", "later"])
        #expect(try summaries("c2") == ["other"])
    }

    @Test func `it is kept whether a summary was asked for`() throws {
        var summary = ConversationSummary(lastNumber: 2, model: "m", text: "Early.")
        for isAskedFor in [true, false] {
            summary.isAskedFor = isAskedFor
            try test.store.keep(summary, ofConversation: "c1", at: "2026-12-01T10:00:00Z")
            #expect(try test.store.read { try $0.summaries(ofConversation: "c1") } == [summary])
        }
    }

    @Test func `they go with their conversation, and none is kept of one that is gone`() throws {
        try keep("early", to: 1, of: "c1")
        _ = try test.store.deleteConversation("c1")
        try keep("late", to: 2, of: "c1")

        #expect(try summaries("c1") == [])
    }

    @Test func `vectors of turns come back by number, for the model that made them`() throws {
        try test.store.save(
            batch([1, 0, 0, 1, 1, 1]), ofTurns: [1, 2, 9], in: "c1", madeBy: made)
        let other = EmbeddingFingerprint(
            model: "n", digest: "", dimensions: 2, maxTokens: 8, pooling: "mean", queryPrefix: "",
            passagePrefix: "")

        #expect(try vectors("c1", made) == [1: [1, 0], 2: [0, 1]])
        #expect(try vectors("c2", made) == [:])
        #expect(try vectors("c1", other) == [:])
    }

    @Test func `vectors go with their turns`() throws {
        try test.store.save(batch([1, 0]), ofTurns: [1], in: "c1", madeBy: made)

        _ = try test.store.deleteConversation("c1")

        #expect(try vectors("c1", made) == [:])
    }

    @Test func `a vector that is none is refused`() {
        #expect(throws: StoreError.self) {
            try test.store.save(batch([.nan, 0]), ofTurns: [1], in: "c1", madeBy: made)
        }
    }
}
