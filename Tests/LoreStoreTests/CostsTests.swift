import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct CostsTests {
    private let test: TestStore

    init() throws {
        test = try TestStore()
        try test.store.add([
            call("2026-11-30T23:00:00Z", "a:big", input: 1000, cost: 0.25),
            call("2026-12-01T08:00:00Z", "a:big", input: 2000, cost: 0.5),
            call("2026-12-01T09:00:00Z", "a:big", .summary, input: 10, cost: 0.125),
            call("2026-12-01T09:00:00Z", "ollama:x", input: 300, cost: nil),
        ])
    }

    private func call(
        _ time: String, _ model: String, _ purpose: ModelCall.Purpose = .answer, input: Int,
        cost: Double?
    ) -> ModelCall {
        ModelCall(
            at: time, purpose: purpose, model: model,
            usage: TokenUsage(inputTokens: input, cachedTokens: 1, outputTokens: 2), cost: cost)
    }

    @Test func `calls add up by model and purpose, the dearest first`() throws {
        let costs = try test.store.read { try $0.costs(since: nil, isByDay: false) }

        #expect(costs.map(\.model) == ["a:big", "a:big", "ollama:x"])
        #expect(costs.map(\.purpose) == [.answer, .summary, .answer])
        #expect(costs.map(\.cost) == [0.75, 0.125, nil])
        #expect(costs.map(\.requests) == [2, 1, 1])
        #expect(costs.map(\.usage.inputTokens) == [3000, 10, 300])
        #expect(costs.allSatisfy { $0.day == nil })
    }

    @Test func `days are told apart, the last first`() throws {
        let costs = try test.store.read { try $0.costs(since: nil, isByDay: true) }

        #expect(costs.map(\.day) == ["2026-12-01", "2026-12-01", "2026-12-01", "2026-11-30"])
    }

    @Test func `what was paid since a moment counts that moment`() throws {
        let paid = try test.store.read { reader in
            try ["2026-12-01T08:00:00Z", "2027-01-01T00:00:00Z"].map { try reader.cost(since: $0) }
        }
        let costs = try test.store.read { reader in
            try reader.costs(since: "2026-12-01T09:00:00Z", isByDay: false)
        }

        #expect(paid == [0.625, 0])
        #expect(costs.map(\.requests) == [1, 1])
    }

    @Test func `the last requests whose tokens a model counted come in their order`() throws {
        func call(_ model: String, tokens: Int, bytes: Int, isEstimated: Bool = false) -> ModelCall
        {
            ModelCall(
                at: "2026-12-01T10:00:00Z", purpose: .answer, model: model,
                usage: TokenUsage(inputTokens: tokens, isEstimated: isEstimated), cost: nil,
                inputBytes: bytes)
        }
        try test.store.add([
            call("a:big", tokens: 1, bytes: 4), call("a:big", tokens: 2, bytes: 8),
            call("b:small", tokens: 9, bytes: 9), call("a:big", tokens: 3, bytes: 12),
            call("a:big", tokens: 4, bytes: 16, isEstimated: true),
        ])

        let counted = try test.store.read { try $0.countedRequests(to: "a:big", limit: 2) }

        #expect(counted.map(\.bytes) == [8, 12])
        #expect(counted.map(\.tokens) == [2, 3])
    }

    @Test func `a kept reply answers its own request alone, and gives way to a later one`() throws {
        let request = ContentHash(bytes: Array(repeating: 7, count: 32))
        let other = ContentHash(bytes: Array(repeating: 8, count: 32))
        try test.store.keepReply("one", to: request, of: "a:big", at: "2026-12-01T09:00:00Z")
        try test.store.keepReply("two", to: request, of: "a:big", at: "2026-12-01T09:01:00Z")

        let kept = try test.store.read { reader in
            try [request, other].map { try reader.keptReply(to: $0) }
        }
        #expect(kept == ["two", nil])
    }
}
