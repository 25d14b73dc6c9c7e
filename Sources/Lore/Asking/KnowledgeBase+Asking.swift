import LoreChat
public import LoreCore
import LoreStore

extension KnowledgeBase {
    /// Answers from the notes, each statement cited and each quote checked, as it is written.
    ///
    /// The last event is `finished` with the whole answer; its state is `notFound` where the notes
    /// do not say, and then no model is called. Letting go of the stream ends the model's request.
    ///
    /// - Parameter request: The question, and how it is to be answered.
    /// - Returns: The events of the answer, which fail as `search` does, with
    ///   `KnowledgeBaseError.unknownChatModel`, `AnswerFormError`, and with a `LoreError` of the category `unavailable`
    ///   where a model's provider does not answer.
    public func answer(
        _ request: AskRequest
    ) -> AsyncThrowingStream<AnswerEvent, any Error> {
        AsyncThrowingStream { continuation in
            let work = running.begin { [self] in
                do {
                    try await run(request) { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }

    /// The whole answer: the end of its events.
    public func ask(_ request: AskRequest) async throws -> Answer {
        var whole: Answer?
        for try await event in answer(request) {
            if case .finished(let answer) = event { whole = answer }
        }
        guard let whole else { throw CancellationError() }
        return whole
    }

    /// The whole answer to a question in a person's own words.
    public func ask(_ question: String) async throws -> Answer {
        try await ask(AskRequest(question))
    }

    private func run(
        _ request: AskRequest, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) async throws {
        try check(
            request.question, orThrow: .emptyQuestion,
            limit: request.passages ?? configuration.passages)
        let tokens = request.maxTokens ?? configuration.maxTokens
        guard Configuration.answerTokens.contains(tokens) else {
            throw KnowledgeBaseError.limitOutOfRange(
                limit: tokens, allowed: Configuration.answerTokens)
        }
        let purse = CostLedger.Purse(limit: request.maxCost)
        let writer = try writer(for: request, purse)
        _ = try opened.reader()
        let id = try conversationID(of: request.conversation)
        try await turnQueue.passing(id) {
            // Read when those before it are answered.
            let turns = try turns(ofConversation: id, for: request)
            try await AnswerRun(
                request, in: (id, turns), of: self, by: writer, from: purse, telling: tell
            ).run()
        }
    }

    private func writer(
        for request: AskRequest, _ purse: CostLedger.Purse
    ) throws -> any AnswerWriter {
        let name = request.model ?? configuration.model
        guard name != Configuration.extractive else {
            return try ExtractiveWriter(request.form ?? .text)
        }
        let model = try accounted(
            name, for: .answer, purse, usesKeptReplies: request.usesKeptReplies)
        let history = turnHistory(
            summarizing: try summarizer(beside: name, for: request, purse))
        func answering(_ form: ReplyForm) -> AnsweringModel {
            AnsweringModel(
                model: model, history: history, configuration: configuration, form: form)
        }
        let statements = ReplyForm.statements(
            sources: model.isOnThisMachine
                ? Configuration.statementSourcesHere : Configuration.statementSources)
        let tools = tools(for: request, isOnThisMachine: model.isOnThisMachine)
        var prose: ModelWriter {
            var answering = answering(.prose)
            answering.tools = tools
            return ModelWriter(model: answering)
        }
        switch request.form {
        case nil where isStrict(request, by: model, with: tools):
            return try StrictWriter(
                model: answering(statements),
                otherwise: configuration.strict == .auto ? prose : nil)
        case nil, .text: return prose
        case .strict: return try StrictWriter(model: answering(statements))
        case .value(let schema):
            return ValueWriter(model: answering(.value(schema)), schema: schema)
        }
    }

    /// Whether an answer is strict that is not asked for in any form.
    ///
    /// Tools, and a text that is no note, have no sentences to cite: what is asked with them is free.
    private func isStrict(
        _ request: AskRequest, by model: AccountedModel, with tools: ToolRunner
    ) -> Bool {
        let drawsOnNotesAlone = request.attachment == nil && tools.definitions.isEmpty
        return configuration.strict.holds(
            automatically: model.isOnThisMachine && model.holdsSchemas && drawsOnNotesAlone)
    }

    /// What a model may call: the program's own tools, and lore's where they are wanted.
    private func tools(for request: AskRequest, isOnThisMachine: Bool) -> ToolRunner {
        let isWanted =
            request.usesNoteTools
            ?? configuration.tools.holds(automatically: !isOnThisMachine)
        let own =
            isWanted
            ? NoteTools(
                knowledgeBase: self, filter: request.filter, isOnThisMachine: isOnThisMachine
            ).all : []
        return ToolRunner(request.tools + own)
    }

    func turnHistory(summarizing: @escaping TurnHistory.Summarizing) -> TurnHistory {
        TurnHistory(
            configuration: configuration, journal: journal, time: time, summarizing: summarizing)
    }

    /// What puts earlier turns into a few words: the cheap model, or else the one that answers.
    func summarizer(
        beside answering: String, for request: AskRequest, _ purse: CostLedger.Purse,
        tellingFailures tellFailure: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> TurnHistory.Summarizing {
        let name = configuration.utilityModel ?? answering
        guard name != Configuration.extractive else { return { _ in ExtractiveSummarizer() } }
        let model = try accounted(
            name, for: .summary, purse, usesKeptReplies: request.usesKeptReplies)
        return { origins in
            var model = model
            model.origins = origins
            return ModelSummarizer(
                model: model, window: model.window ?? Configuration.assumedWindow,
                tellingFailures: tellFailure)
        }
    }

    /// The chat model called `name`, what it takes entered in the ledger.
    func accounted(
        _ name: String, for purpose: ModelCall.Purpose, _ purse: CostLedger.Purse,
        usesKeptReplies: Bool
    ) throws -> AccountedModel {
        AccountedModel(
            remote: try models.remote.chatModel(named: name), purpose: purpose, ledger: ledger,
            purse: purse,
            replies: usesKeptReplies
                ? KeptReplies(opened: opened, journal: journal, time: time) : nil)
    }
}

extension AskRequest {
    /// The sentence for who attached a text that the built-in answerer does not read.
    public static let attachmentSentence =
        "'\(Configuration.extractive)' answers from the notes alone, so the text given with the question "
        + "was left out; name a model with -m to have it read"
}
