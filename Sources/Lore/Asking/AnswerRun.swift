import LoreChat
import LoreCore
import LoreStore

/// One question on its way: retrieves, asks the gate, has the answer written, checks every quote, and
/// keeps all of it.
struct AnswerRun: Sendable {
    let knowledgeBase: KnowledgeBase
    let request: AskRequest
    let writer: any AnswerWriter
    private let events: @Sendable (AnswerEvent) -> Void

    private let start = ContinuousClock.now
    private let answerID = newID()
    private let conversationID: String
    private let turns: [ConversationTurn]
    private let purse: CostLedger.Purse
    private let record: TurnRecord

    init(
        _ request: AskRequest, in conversation: (id: String, turns: [ConversationTurn]),
        of knowledgeBase: KnowledgeBase, by writer: any AnswerWriter,
        from purse: CostLedger.Purse, telling events: @escaping @Sendable (AnswerEvent) -> Void
    ) {
        self.request = request
        self.knowledgeBase = knowledgeBase
        self.writer = writer
        self.events = events
        (conversationID, turns) = conversation
        self.purse = purse
        record = TurnRecord(
            OpenedTurn(
                conversationID: conversationID, answerID: answerID,
                askedAt: knowledgeBase.time.stamp, question: request.question,
                standaloneQuestion: request.question, model: writer.name,
                withheld: turns.filter(\.isWithheld).map(\.number)),
            in: knowledgeBase.journal)
    }

    func run() async throws {
        record.open()
        do {
            try await answer()
        } catch {
            record.cut()
            // Who hears of the failure may end the program.
            _ = await knowledgeBase.journal.settle()
            throw error
        }
    }

    private func answer() async throws {
        tell(.started(answerID: answerID, conversationID: conversationID, model: writer.name))
        async let currency = knowledgeBase.currency(beside: .hybrid)
        let rewritten = try await knowledgeBase.standalone(
            request.question, after: turns, answeredBy: writer.name, from: purse)
        var found = try await knowledgeBase.material(
            for: request, searchedAs: rewritten.standalone, in: (conversationID, turns),
            isOnThisMachine: writer.isOnThisMachine)
        found.notices += rewritten.notices
        let searched = rewritten.standalone.text
        if searched != request.question { found.notices.append("searched for: \(searched)") }
        record.draws(on: found.material.sendable.origins(of: found.material.passages))
        found.material.drawsOn = record.draws
        let looksFurther = writer.looksFurther && asksAboutNotes(request.question)
        let isOpen =
            found.verdict.answers && !found.material.isHeldBack || looksFurther
            || writer.name != Configuration.extractive && isAboutOwnWords(found.material)
        let written: WrittenAnswer
        if isOpen {
            written = try await writer.write(found.material, telling: tell)
        } else {
            tell(
                .sources(
                    standaloneQuestion: found.material.standaloneQuestion,
                    passages: found.passages))
            written = .none(found.passages)
        }
        var answer = try await answer(written, found)
        answer.coverage = coverage(found, readBy: isOpen ? written : nil)
        record.close(answer)
        answer.citations.forEach { tell(.citation($0)) }
        tell(.usage(answer.usage))
        answer.changedSinceIndexing = await currency.changes
        answer.notices += await currency.notices
        answer.notices += await knowledgeBase.journal.settle()
        answer.took = start.duration(to: .now)
        tell(.finished(answer))
    }

    /// Whether the user has said or attached what the question may be about.
    private func isAboutOwnWords(_ material: AnswerMaterial) -> Bool {
        let own = material.ranking.terms.filter { !$0.isCarried }.map(QuestionTerm.init)
        return request.attachment != nil
            || Recall.isAsked(by: request.question)
                && Recall.answers(own, from: turns.map(\.question))
    }

    private func tell(_ event: AnswerEvent) {
        if case .text(let piece) = event { record.add(piece) }
        events(event)
    }

    private func answer(_ written: WrittenAnswer, _ found: FoundMaterial) async throws -> Answer {
        let citations = try await found.material.answerer.files.verified(written.citations)
        let state = written.state(citing: citations)
        return Answer(
            id: answerID, conversationID: conversationID, question: request.question,
            standaloneQuestion: found.material.standaloneQuestion, state: state,
            confidence: found.verdict.confidence, text: written.text, citations: citations,
            passages: written.passages, model: writer.name, usage: purse.usage,
            finish: written.finish, took: .zero, isCached: written.isCached,
            trace: written.trace,
            notices: found.notices + notices(state, written, found)
                + heldBackNotices(
                    found.material, found.material.sendable.heldBack + written.heldBack))
    }

    private func coverage(_ found: FoundMaterial, readBy written: WrittenAnswer?) -> Coverage {
        let read = written?.passages ?? []
        let ids = Set(read.map(\.chunk.id))
        let leftOut = found.passages.filter { !ids.contains($0.chunk.id) }.map(\.parts.count)
            .reduce(0, +)
        return Coverage(
            matched: found.material.ranking.matched, read: read.map(\.parts.count).reduce(0, +),
            // Where the gate is closed none was chosen.
            leftOut: written != nil && found.verdict.answers ? leftOut : 0)
    }

    /// What was held back, since it stays on this machine.
    private func heldBackNotices(_ material: AnswerMaterial, _ passages: Int) -> [String] {
        let answers = turns.count(where: \.isWithheld)
        var notices: [String] = []
        if passages > 0 {
            let what = passages == 1 ? "passage" : "passages"
            notices.append(
                "\(passages) \(what) of local-only notes held back from \(writer.name)")
        }
        if answers > 0 {
            let what = answers == 1 ? "earlier answer" : "earlier answers"
            notices.append("\(answers) \(what) from local-only notes left out")
        }
        let folders = material.answerer.files.folders.map(\.name)
        return notices
            + (writer.isOnThisMachine ? [] : knowledgeBase.localOnlyNotices(folders))
    }

    private func notices(
        _ state: AnswerState, _ written: WrittenAnswer, _ found: FoundMaterial
    ) -> [String] {
        var notices = written.notices
        if written.isCached {
            notices.append("an equal question had this reply; --no-cache asks the model again")
        }
        if request.attachment != nil, writer.name == Configuration.extractive {
            notices.append(AskRequest.attachmentSentence)
        }
        switch state {
        case .notFound: return notices + filterNotice(found.material.ranking.passing)
        case .grounded: break
        case .ungrounded: notices += written.doubts
        }
        return notices + found.material.ranking.notices
    }

    /// That a filter kept notes out may be why they do not say.
    private func filterNotice(_ passing: Int?) -> [String] {
        guard let passing else { return [] }
        return ["the filter was on: " + SearchResult.sentence(passing: passing)]
    }
}

extension WrittenAnswer {
    /// How far it stands on the notes, with its citations verified.
    func state(citing citations: [Citation]) -> AnswerState {
        if saysNothing { return .notFound }
        let isGrounded = isCitedThroughout && citations.allSatisfy(\.verified)
        return isGrounded ? .grounded : .ungrounded
    }

    /// What of an answer that is not grounded has no citation, in a sentence.
    var doubts: [String] {
        if isValue { return ["an answer in the form of a schema carries no citations"] }
        if isMarksAlone { return ["the model only named passages and said nothing"] }
        if isEcho { return ["the model only repeated the question"] }
        if citations.isEmpty { return ["nothing in the notes is cited for this answer"] }
        return isCitedThroughout ? [] : ["for a part of this answer nothing in the notes is cited"]
    }

    /// Where the notes do not say.
    static func none(_ passages: [Hit]) -> WrittenAnswer {
        WrittenAnswer(
            text: "", citations: [], passages: passages, isCitedThroughout: false,
            saysNothing: true)
    }
}

extension NoteFiles {
    /// The citations, each checked against its file as it is now.
    func verified(_ citations: [Citation]) async throws -> [Citation] {
        try await CitationVerifier { folder, path in
            // A file that is gone or out of reach verifies nothing; the answer says so.
            try? await text(folder: folder, shownPath: path)
        }.verified(citations)
    }
}
