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
        let (id, store) = (material.conversationID, material.answerer.store)
        let kept = try await summaries(ofConversation: id, in: store)
        if material.turns.contains(where: \.isWithheld) { return Self.withholding(kept) }
        let summarizer = summarizing(material.turns.flatMap(\.origins))
        return keeping(kept, by: summarizer, ofConversation: id)
    }

    private func summaries(
        ofConversation id: String, in store: Store
    ) async throws -> [ConversationSummary] {
        try await Parallel.offPool { try store.read { try $0.summaries(ofConversation: id) } }
    }

    private func keeping(
        _ kept: [ConversationSummary], by summarizer: any Summarizer, ofConversation id: String
    ) -> SummarizedHistory {
        SummarizedHistory(kept: kept, askedEnd: kept.askedEnd, by: summarizer) {
            [journal, time] summary in
            journal.write { try $0.keep(summary, ofConversation: id, at: time.stamp) }
        }
    }

    /// A kept summary may hold what is withheld now, and one without it is not for others.
    private static func withholding(_ kept: [ConversationSummary]) -> SummarizedHistory {
        SummarizedHistory(kept: [], askedEnd: kept.askedEnd, by: ExtractiveSummarizer()) { _ in }
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

/// The turns of a conversation that are there when no question is asked.
struct EarlierTurns: Sendable {
    let conversationID: String
    /// As they are kept.
    let all: [ConversationTurn]
    /// As the models in force may be given them.
    let sendable: [ConversationTurn]
    let store: Store

    /// Whether answers among them stay on this machine.
    var isHeldBack: Bool { sendable.contains(where: \.isWithheld) }
}

extension TurnHistory {
    /// Makes and keeps a summary of all but the last turns; nil where there is one already.
    ///
    /// What is held back goes into it, but to no model: it is kept on this machine, and not sent as long as
    /// anything is held back.
    func summaryNow(
        of turns: EarlierTurns, in room: HistoryRoom
    ) async throws -> ConversationSummary? {
        let kept = try await summaries(ofConversation: turns.conversationID, in: turns.store)
        let summarizer: any Summarizer =
            turns.isHeldBack ? ExtractiveSummarizer() : summarizing(turns.all.flatMap(\.origins))
        return try await keeping(kept, by: summarizer, ofConversation: turns.conversationID)
            .summaryNow(of: turns.all, keepingLast: Configuration.turnsBehindSummary, in: room)
    }

    /// The tokens that earlier turns would take of a request now; no model is asked for a summary.
    func tokens(of turns: EarlierTurns, in room: HistoryRoom) async throws -> Int {
        let kept = try await summaries(ofConversation: turns.conversationID, in: turns.store)
        let policy =
            turns.isHeldBack
            ? Self.withholding(kept)
            : SummarizedHistory(
                kept: kept, askedEnd: kept.askedEnd, by: ExtractiveSummarizer()
            ) { _ in }
        return room.tokens(of: try await policy.history(of: turns.sendable, in: room))
    }
}

extension [ConversationSummary] {
    /// The last turn that one of them which was asked for stands for; 0: none was.
    fileprivate var askedEnd: Int { last(where: \.isAskedFor)?.lastNumber ?? 0 }
}
