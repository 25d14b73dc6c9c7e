/// Lets the turns of one conversation pass one after another.
actor TurnQueue {
    /// Who waits for each conversation that is being answered.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// The result of `body`, run when no other turn of the conversation is.
    func passing<Result: Sendable>(
        _ conversation: String, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        await enter(conversation)
        defer { leave(conversation) }
        try Task.checkCancellation()
        return try await body()
    }

    private func enter(_ conversation: String) async {
        guard waiting[conversation] != nil else {
            waiting[conversation] = []
            return
        }
        await withCheckedContinuation { waiting[conversation]?.append($0) }
    }

    private func leave(_ conversation: String) {
        guard let next = waiting[conversation]?.first else {
            waiting[conversation] = nil
            return
        }
        waiting[conversation]?.removeFirst()
        next.resume()
    }
}
