package import Lore

/// `batch submit --json` and `batch status --json`.
package struct BatchBody: Encodable, Sendable {
    let batchId: String
    let provider: String
    let model: String
    let madeAt: String
    let state: String
    let questions: Int
    let answered: Int
    let failed: Int

    package init(_ summary: BatchSummary) {
        batchId = summary.id
        provider = summary.provider
        model = summary.model
        madeAt = summary.madeAt
        state = summary.state.rawValue
        questions = summary.questions
        answered = summary.answered
        failed = summary.failed
    }
}

/// `batch list --json`.
package struct BatchesBody: Encodable, Sendable {
    let batches: [BatchBody]

    package init(_ summaries: [BatchSummary]) { batches = summaries.map(BatchBody.init) }
}

/// One line of `batch collect`: the user's id, and all that `ask --json` says, or an error.
package struct BatchAnswerBody: Encodable, Sendable {
    private enum Key: CodingKey { case id, question, error }

    private let answer: BatchAnswer

    package init(_ answer: BatchAnswer) { self.answer = answer }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch answer.result {
        case .success(let whole): try AnswerBody(whole).encode(to: encoder)
        case .failure(let failure):
            try container.encode(answer.question, forKey: .question)
            try container.encode(failure.description, forKey: .error)
        }
        try container.encodeIfPresent(answer.id, forKey: .id)
    }
}

/// `batch collect --json`.
package struct CollectedBatchBody: Encodable, Sendable {
    let batchId: String
    let state: String
    let answers: [BatchAnswerBody]

    package init(_ batch: CollectedBatch) {
        batchId = batch.summary.id
        state = batch.summary.state.rawValue
        answers = batch.answers.map(BatchAnswerBody.init)
    }
}
