import LoreCore
import LoreStore

extension KnowledgeBase {
    /// Checks the evidence of a kept answer against the notes as they are on disk now.
    ///
    /// - Parameter id: Its id, or the beginning of it that no other has; nil: the last answer.
    /// - Returns: The answer, as the only one.
    /// - Throws: `KnowledgeBaseError.noAnswer`, `.unknownAnswer`, `.ambiguousID`, `StoreError`.
    public func verification(ofAnswer id: String?) async throws -> VerificationReport {
        let store = try opened.reader()
        let id = try store.read { try $0.answerID(id) }
        guard let turn = try store.read({ try $0.turn(ofAnswer: id) }) else {
            throw KnowledgeBaseError.unknownAnswer(id: id)
        }
        return try await verified([turn], in: store)
    }

    /// The kept answers that rest on words which are in the notes no more, the last asked first.
    ///
    /// - Throws: `StoreError`.
    public func staleAnswers() async throws -> VerificationReport {
        let store = try opened.reader()
        let turns = try store.read { try $0.citingTurns() }
        let report = try await verified(turns, in: store)
        return VerificationReport(
            answers: report.answers.filter(\.isStale), notices: report.notices,
            unreadable: report.unreadable)
    }

    private func verified(
        _ turns: [ConversationTurn], in store: Store
    ) async throws -> VerificationReport {
        let cited = try store.read { reader in
            try turns.map { try reader.citedPassages(ofAnswer: $0.answerID) }
        }
        let check = EvidenceCheck(files: try NoteFiles(store, configuration))
        let (outcomes, notices) = try await check.outcomes(of: cited.flatMap(\.self))
        var rest = outcomes[...]
        let answers = zip(turns, cited).map { turn, citations in
            defer { rest = rest.dropFirst(citations.count) }
            return Verification(turn, Array(rest.prefix(citations.count)))
        }
        return VerificationReport(
            answers: answers, notices: notices, unreadable: outcomes.unreadable)
    }
}

extension Verification {
    fileprivate init(_ turn: ConversationTurn, _ outcomes: [EvidenceOutcome]) {
        self.init(
            answerID: turn.answerID, question: turn.question, askedAt: turn.askedAt,
            citations: outcomes.compactMap(\.checked), unreadable: outcomes.unreadable)
    }
}

extension [EvidenceOutcome] {
    /// Each file once, in the order met.
    fileprivate var unreadable: [SkippedFile] {
        reduce(into: []) { files, outcome in
            if case .unreadable(let file) = outcome, !files.contains(file) { files.append(file) }
        }
    }
}

extension StoreReader {
    /// The whole id of the answer that `beginning` means; nil: the last.
    fileprivate func answerID(_ beginning: String?) throws -> String {
        guard let beginning else {
            guard let last = try lastAnswerID() else { throw KnowledgeBaseError.noAnswer }
            return last
        }
        return try whole(
            beginning, among: answerIDs(beginning: beginning),
            orThrow: .unknownAnswer(id: beginning))
    }
}
