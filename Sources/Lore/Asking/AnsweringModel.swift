import LoreChat
import LoreCore
import LoreProviders
import LoreStore

/// A chat model as the writers of answers use it: what it is sent, and what is said of its reply.
struct AnsweringModel: Sendable {
    let model: AccountedModel
    let history: TurnHistory
    let configuration: Configuration
    let form: ReplyForm
    /// What the model may call.
    var tools = ToolRunner([])

    var name: String { model.name }
    var isOnThisMachine: Bool { model.isOnThisMachine }

    var window: Int { model.window ?? Configuration.assumedWindow }

    var localOnly: LocalOnly { LocalOnly(configuration) }

    /// Requests that begin alike are served from one cache.
    private static let cacheKey = "lore-ask"

    /// What `write` makes of the prompt for `material`, its sources told before.
    ///
    /// A prompt that is too long for the model is made once more with half of the room.
    func answer(
        from material: AnswerMaterial, telling tell: @Sendable (AnswerEvent) -> Void,
        _ write: (Prompt) async throws -> WrittenAnswer
    ) async throws -> WrittenAnswer {
        let prompt = try await prompt(for: material, share: 1)
        tell(
            .sources(standaloneQuestion: material.standaloneQuestion, passages: prompt.passages))
        do {
            tell(sent(prompt, of: material))
            return try await write(prompt)
        } catch ProviderError.contextTooLong where prompt.canShrink {
            // The window is smaller than is known, or the estimate is off: once more, with less.
            let smaller = try await self.prompt(for: material, share: 0.5)
            tell(
                .sources(
                    standaloneQuestion: material.standaloneQuestion, passages: smaller.passages))
            tell(sent(smaller, of: material))
            return try await write(smaller)
        }
    }

    /// The reply to `request`, its text handed to `read` as it comes.
    func reply(
        to request: ChatRequest, _ read: (String) -> Void
    ) async throws -> ChatReply {
        var whole: ChatReply?
        for try await event in model.stream(request) {
            switch event {
            case .text(let piece): read(piece)
            case .finished(let reply): whole = reply
            case .thinking, .toolCall, .notice: break
            }
        }
        guard let whole else { throw CancellationError() }
        return whole
    }

    /// What is to be asked with `prompt`, which was made for `material`; a form of the user's own is not
    /// in it yet.
    func request(_ prompt: Prompt, of material: AnswerMaterial) -> ChatRequest {
        ChatRequest(
            system: prompt.system, messages: prompt.messages, tools: prompt.tools,
            parameters: ChatParameters(
                temperature: configuration.temperature, maxTokens: prompt.outputTokens),
            schema: statementSources.map {
                QuotableSentences(of: prompt.passages).schema(sources: $0)
            },
            cacheKey: Self.cacheKey,
            origins: material.sendable.origins(of: prompt.passages)
                + prompt.history.origins(in: material.turns))
    }

    /// Sources of a statement at most; nil where it makes none.
    private var statementSources: Int? {
        if case .statements(let sources) = form { sources } else { nil }
    }

    /// The request as it goes out first.
    private func formed(_ prompt: Prompt, of material: AnswerMaterial) -> ChatRequest {
        let request = request(prompt, of: material)
        guard case .value(let schema) = form else { return request }
        return StructuredOutput(schema).formed(request, for: model)
    }

    /// What a person should know of `reply`, for which so many passages were left out.
    func notices(of reply: ChatReply, leftOut: Int) -> [String] {
        // No one asked for a default that the model refuses.
        let isTemperatureSet = configuration.origins[SettingKey.temperature.rawValue] != nil
        let said = reply.notices.filter {
            isTemperatureSet
                || $0 != .parameterDropped("temperature", model: model.remote.profile.name)
        }.map(\.description)
        let room = leftOut == 0 ? [] : [leftOutSentence(leftOut)]
        return said + room + (endSentence(reply).map { [$0] } ?? [])
    }

    /// The passages that the form has room for.
    private func offered(_ material: AnswerMaterial) -> [Hit] {
        statementSources == nil
            ? material.passages : QuotableSentences.fitting(material.passages)
    }

    /// What is sent for `material`, with so large a part of the room for passages and turns used.
    func prompt(for material: AnswerMaterial, share: Double) async throws -> Prompt {
        let ratio = try await model.ratio(in: material.answerer.store)
        let draft = try draft(of: material, share, ratio)
        return draft.prompt(after: try await history.history(for: material, in: draft.historyRoom))
    }

    /// The draft with tools; without where the question leaves no room for them.
    private func draft(
        of material: AnswerMaterial, _ share: Double, _ ratio: TokenRatio
    ) throws -> PromptDraft {
        func draft(_ tools: [ToolDefinition]) throws -> PromptDraft {
            try PromptBuilder(
                window: window, maxTokens: material.request.maxTokens ?? configuration.maxTokens,
                historyShare: configuration.historyShare, form: form, tools: tools,
                tokens: ratio.most
            ).draft(
                material.request.question, passages: offered(material),
                attachment: material.request.attachment, share: share)
        }
        do {
            return try draft(tools.definitions)
        } catch PromptError.tooLong where !tools.definitions.isEmpty {
            return try draft([])
        }
    }

    /// How many tokens a text may have for this model.
    func tokenCount(in store: Store) async throws -> TokenCount {
        TokenCount(try await model.ratio(in: store).most)
    }

    private func sent(_ prompt: Prompt, of material: AnswerMaterial) -> AnswerEvent {
        sent(formed(prompt, of: material), prompt, of: material)
    }

    /// That `request` is sent, which began as `prompt`.
    func sent(
        _ request: ChatRequest, _ prompt: Prompt, of material: AnswerMaterial, heldBack: Int = 0
    ) -> AnswerEvent {
        .sent(
            SentContext(
                model: name, system: request.system, messages: request.messages,
                tools: request.tools, schema: request.schema?.schema.text,
                parts: prompt.parts.map { SentContext.Part(name: $0.name, tokens: $0.tokens) },
                outputTokens: prompt.outputTokens, window: window,
                passages: prompt.passages.count,
                leftOut: material.passages.count - prompt.passages.count,
                heldBack: material.sendable.heldBack + heldBack,
                earlier: SentContext.Earlier(prompt.history)))
    }

    private func leftOutSentence(_ count: Int) -> String {
        count == 1
            ? "1 passage did not fit into the model's window"
            : "\(count) passages did not fit into the model's window"
    }

    private func endSentence(_ reply: ChatReply) -> String? {
        switch reply.finish {
        case .stop: nil
        case .length:
            "the answer was cut after \(reply.usage.outputTokens) tokens; raise --max-tokens or max_tokens"
        case .refusal: "\(name) declined to answer"
        case .filtered: "the provider's filter held back the answer, or a part of it"
        case .failed(let word): "\(name) failed in the middle of the answer (\(word))"
        case .toolCalls, .paused, .other:
            "\(name) ended the answer for another reason (\(reply.finish.word))"
        }
    }
}

extension ChatHistory {
    /// Where the answers among `turns` come from that it holds, whole or in a summary.
    fileprivate func origins(in turns: [ConversationTurn]) -> [NoteOrigin] {
        let whole = Set(self.turns.map(\.number))
        let last = summary?.lastNumber ?? 0
        return turns.filter { !$0.isWithheld && (whole.contains($0.number) || $0.number <= last) }
            .flatMap(\.origins)
    }
}

extension SentContext.Earlier {
    fileprivate init(_ history: ChatHistory) {
        self.init(
            whole: history.turns.count, inWords: history.words.count,
            isSummarized: history.summary != nil, leftOut: history.leftOut)
    }
}
