import LoreCore
import LoreProviders
import LoreStore

extension BatchRun {
    /// Submits the requests; nothing stays set aside for those that the provider surely did not take.
    func submit(
        _ requests: [BatchRequest], to remote: RemoteBatches
    ) async throws -> SubmittedBatch {
        do {
            return try await remote.submit(requests, label: batch.id)
        } catch let error as ProviderError where !error.leavesOpenWhetherSent {
            try keep(amounts: [:])
            throw error
        }
    }

    /// Sees to it that the requests, even at the usual price, pass no ceiling, and sets aside what they
    /// may cost at the batch price until they are collected.
    ///
    /// - Throws: `KnowledgeBaseError.answerCeiling`, `.priceUnknown`.
    func setAside(for requests: [BatchRequest]) async throws {
        // An attempt before this one may have set it aside.
        try keep(amounts: [:])
        let model = try answeringModel().model
        var (reserved, amounts) = (0.0, [Int: Double]())
        defer {
            model.ledger.settle(
                TokenUsage(), of: model.remote, for: model.purpose, reserved: reserved,
                from: model.purse)
        }
        for request in requests {
            reserved += try await model.ledger.reserve(
                for: request.request, to: model.remote, from: model.purse)
            guard let number = Int(request.id) else { continue }
            amounts[number] = model.remote.mostBatchCost(of: request.request)
        }
        try keep(amounts: amounts)
    }

    private func keep(amounts: [Int: Double]) throws {
        let id = batch.id
        try knowledgeBase.opened.keep { try $0.setAside(amounts, ofBatch: id) }
    }
}
