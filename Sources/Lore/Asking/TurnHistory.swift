import LoreChat
import LoreCore
import LoreLinearAlgebra
import LoreStore

/// Chooses what of a conversation's earlier turns a request holds, by the policy that was asked for.
struct TurnHistory: Sendable {
    let configuration: Configuration
    let journal: Journal
    let time: LocalTime
    /// Makes what puts turns into a few words, from where their answers come.
    let summarizing: Summarizing

    typealias Summarizing = @Sendable ([NoteOrigin]) -> any Summarizer

    /// What goes along with the question of `material`, within `room`.
    func history(
        for material: AnswerMaterial, in room: HistoryRoom
    ) async throws -> ChatHistory {
        guard !material.turns.isEmpty else { return .none }
        return try await policy(for: material).history(of: material.turns, in: room)
    }

    private func policy(for material: AnswerMaterial) async throws -> any HistoryPolicy {
        switch material.request.history ?? configuration.history {
        case .trim: TrimmedHistory()
        case .window: WindowedHistory(turns: configuration.historyTurns)
        case .summarize: try await summarizing(material)
        case .retrieve:
            RetrievedHistory(
                terms: material.ranking.terms.map(QuestionTerm.init),
                meaning: try await meaning(of: material))
        }
    }

    private func summarizing(_ material: AnswerMaterial) async throws -> SummarizedHistory {
        // A kept summary may hold what is withheld now, and one without it is not for others.
        if material.turns.contains(where: \.isWithheld) {
            return SummarizedHistory(kept: [], by: ExtractiveSummarizer()) { _ in }
        }
        let (id, store) = (material.conversationID, material.answerer.store)
        let kept = try await Parallel.offPool {
            try store.read { try $0.summaries(ofConversation: id) }
        }
        let summarizer = summarizing(material.turns.flatMap(\.origins))
        return SummarizedHistory(kept: kept, by: summarizer) { [journal, time] summary in
            journal.write { try $0.keep(summary, ofConversation: id, at: time.stamp) }
        }
    }

    /// What the question and the turns mean; nil where there is no model, or where it fails.
    private func meaning(of material: AnswerMaterial) async throws -> TurnMeaning? {
        guard let question = material.question.meaning, let embedder = material.answerer.embedder,
            question.fingerprint == embedder.fingerprint
        else { return nil }
        let (id, store) = (material.conversationID, material.answerer.store)
        var vectors = try await Parallel.offPool {
            try store.read {
                try $0.turnVectors(ofConversation: id, madeBy: embedder.fingerprint)
            }
        }
        let missing = material.turns.filter { vectors[$0.number] == nil }
        guard !missing.isEmpty else {
            return TurnMeaning(question: question.vector, turns: vectors)
        }
        guard let batch = try await embedded(missing, by: embedder) else { return nil }
        let numbers = missing.map(\.number)
        for (row, number) in numbers.enumerated() { vectors[number] = Array(batch[row]) }
        // The vector of a turn without its answer is not that of the turn.
        guard !missing.contains(where: \.isWithheld) else {
            return TurnMeaning(question: question.vector, turns: vectors)
        }
        journal.write {
            try $0.save(batch, ofTurns: numbers, in: id, madeBy: embedder.fingerprint)
        }
        return TurnMeaning(question: question.vector, turns: vectors)
    }

    private func embedded(
        _ turns: [ConversationTurn], by embedder: NoteEmbedder
    ) async throws -> EmbeddingBatch? {
        do {
            return try await embedder.embed(turns.map(\.embeddedText), as: .passage)
        } catch {
            // The words of the turns find them too.
            try Task.checkCancellation()
            return nil
        }
    }
}
