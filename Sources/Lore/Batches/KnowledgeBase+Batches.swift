import Foundation
import LoreChat
import LoreCore
import LoreProviders
import LoreStore

extension KnowledgeBase {
    /// Sends questions as one batch at the provider's batch price, each with the passages that answer
    /// it now; what the notes do not answer is sent to no one.
    ///
    /// A provider without batches is asked one question after another before this returns. After an
    /// interruption `collectBatch` goes on where this was.
    ///
    /// - Parameters:
    ///   - questions: At least one.
    ///   - model: As in `AskRequest`; nil: that of the settings.
    /// - Returns: The batch, and how far it is.
    /// - Throws: `KnowledgeBaseError.noModelForBatch`; a `LoreError` of the category `unavailable`
    ///   where the provider does not take it.
    public func submitBatch(
        _ questions: [BatchQuestion], model: String? = nil
    ) async throws -> BatchSummary {
        precondition(!questions.isEmpty, "a batch of nothing")
        let name = model ?? configuration.model
        guard name != Configuration.extractive else { throw KnowledgeBaseError.noModelForBatch }
        let answering = try answeringInBatch(name)
        var kept: [StoredBatchQuestion] = []
        for question in questions {
            kept.append(
                StoredBatchQuestion(
                    number: kept.count + 1, name: question.id, question: question.question,
                    context: try await context(of: question, for: answering).kept()))
        }
        let batch = StoredBatch(id: newBatchID(), model: name, madeAt: time.stamp)
        try opened.keep { try $0.add(batch, kept) }
        return try await send(batch)
    }

    /// The batches, the newest first.
    public func batches() throws -> [BatchSummary] {
        try opened.reader().read { try $0.batches() }.map { try BatchRun($0, of: self).summary }
    }

    /// How far a batch is, as its provider says.
    ///
    /// - Parameter id: Its id, or the beginning of it that no other has.
    /// - Returns: Its questions counted by how far they are.
    /// - Throws: `KnowledgeBaseError.unknownBatch`, `.ambiguousID`; a `LoreError` of the category
    ///   `unavailable` where the provider does not answer.
    public func batchStatus(_ id: String) async throws -> BatchSummary {
        var run = try BatchRun(batch(id), of: self)
        return try await run.status()
    }

    /// The answers of a batch; what was not sent is sent, and what is there is fetched and kept first.
    ///
    /// - Parameter id: Its id, or the beginning of it that no other has.
    /// - Returns: The answers in the order of the questions, where all have come.
    /// - Throws: As `batchStatus`.
    public func collectBatch(_ id: String) async throws -> CollectedBatch {
        var run = try BatchRun(batch(id), of: self)
        let summary = try await run.advance()
        let answers = summary.state == .done ? try await run.answers() : []
        return CollectedBatch(summary: summary, answers: answers)
    }

    private func context(
        of question: BatchQuestion, for answering: AnsweringModel
    ) async throws -> BatchContext {
        var request = AskRequest(question.question)
        request.filter = question.filter
        let found = try await material(
            for: request, searchedAs: StandaloneQuestion(question.question), in: (newID(), []),
            isOnThisMachine: answering.isOnThisMachine)
        guard found.verdict.answers, !found.material.isHeldBack else {
            return BatchContext(
                standaloneQuestion: question.question, confidence: found.verdict.confidence,
                passages: found.passages.map(BatchContext.Passage.init))
        }
        let prompt = try await answering.prompt(for: found.material, share: 1)
        return BatchContext(
            standaloneQuestion: question.question, confidence: found.verdict.confidence,
            prompt: BatchContext.Prompt(answering.request(prompt, of: found.material)),
            passages: prompt.passages.map(BatchContext.Passage.init), leftOut: prompt.leftOut)
    }

    /// The model called `name`, what it takes entered as that of a batch.
    func answeringInBatch(_ name: String) throws -> AnsweringModel {
        AnsweringModel(
            model: try accounted(
                name, for: .batch, CostLedger.Purse(limit: nil), usesKeptReplies: false),
            history: turnHistory { _ in ExtractiveSummarizer() },
            configuration: configuration,
            form: .prose)
    }

    /// Sends a batch that was just made; one that was surely not taken is forgotten.
    private func send(_ batch: StoredBatch) async throws -> BatchSummary {
        var run = try BatchRun(batch, of: self)
        guard run.summary.state != .done else { return run.summary }
        guard let remote = try run.remoteBatches() else { return try await run.advance() }
        do {
            return try await run.send(to: remote)
        } catch let error as KnowledgeBaseError {
            try opened.keep { try $0.deleteBatch(batch.id) }
            throw error
        } catch let error as ProviderError where !error.leavesOpenWhetherSent {
            try opened.keep { try $0.deleteBatch(batch.id) }
            throw error
        }
    }

    private func batch(_ beginning: String) throws -> StoredBatch {
        let unknown = KnowledgeBaseError.unknownBatch(id: beginning)
        let found = try opened.reader().read { try $0.batches(beginning: beginning) }
        let id = try whole(beginning, among: found.map(\.id), orThrow: unknown)
        guard let batch = found.first(where: { $0.id == id }) else { throw unknown }
        return batch
    }

    /// Short enough for every provider's ids.
    private func newBatchID() -> String {
        String(UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(16))
    }
}
