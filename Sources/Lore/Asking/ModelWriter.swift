import LoreChat
import LoreCore
import LoreProviders

/// Has a chat model write the answer from numbered passages.
struct ModelWriter: AnswerWriter {
    let model: AccountedModel
    let configuration: Configuration

    var name: String { model.name }

    private var window: Int { model.window ?? Configuration.assumedWindow }

    /// Requests that begin alike are served from one cache.
    private static let cacheKey = "lore-ask"

    func write(
        _ material: AnswerMaterial, telling tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        let prompt = try prompt(for: material, share: 1)
        tell(
            .sources(standaloneQuestion: material.standaloneQuestion, passages: prompt.passages))
        do {
            return try await written(prompt, prompt, material, tell)
        } catch ProviderError.contextTooLong where !prompt.passages.isEmpty {
            // The window is smaller than is known, or the estimate is off: once more, with less.
            let smaller = try self.prompt(for: material, share: 0.5)
            return try await written(smaller, prompt, material, tell)
        }
    }

    private func prompt(for material: AnswerMaterial, share: Double) throws -> Prompt {
        try PromptBuilder(
            window: window, maxTokens: material.request.maxTokens ?? configuration.maxTokens,
            tokens: { TokenEstimate.most(bytes: $0) }
        ).prompt(
            material.request.question, passages: material.passages,
            attachment: material.request.attachment, share: share)
    }

    /// The model's answer to `prompt`, where `sources` are the passages that were told.
    private func written(
        _ prompt: Prompt, _ sources: Prompt, _ material: AnswerMaterial,
        _ tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        tell(.sent(SentContext(prompt, of: material.passages.count, model: name, window: window)))
        let (text, reply) = try await streamed(prompt, tell)
        return WrittenAnswer(
            text: text.text,
            citations: text.citations(
                of: prompt.passages, answering: material.standaloneQuestion),
            passages: sources.passages, isCitedThroughout: text.isCitedThroughout,
            saysNothing: isRefusal(text.text), usage: usage(of: reply),
            finish: reply.finish, isCached: reply.isKept,
            notices: notices(of: reply, leftOut: material.passages.count - prompt.passages.count))
    }

    /// The reply, its text told as it comes.
    private func streamed(
        _ prompt: Prompt, _ tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> (CitedText, ChatReply) {
        var stream = CitationStream(passages: prompt.passages.count)
        var whole: ChatReply?
        func show(_ piece: String) { if !piece.isEmpty { tell(.text(piece)) } }
        for try await event in model.stream(request(prompt)) {
            switch event {
            case .text(let piece): show(stream.read(piece))
            case .finished(let reply): whole = reply
            case .thinking, .toolCall, .notice: break
            }
        }
        guard let whole else { throw CancellationError() }
        show(stream.finish())
        return (CitedText(stream), whole)
    }

    private func request(_ prompt: Prompt) -> ChatRequest {
        ChatRequest(
            system: prompt.system, messages: [ChatMessage(.user, prompt.turn)],
            parameters: ChatParameters(
                temperature: configuration.temperature, maxTokens: prompt.outputTokens),
            cacheKey: Self.cacheKey)
    }

    private func usage(of reply: ChatReply) -> Usage {
        Usage(
            inputTokens: reply.usage.inputTokens, outputTokens: reply.usage.outputTokens,
            cachedTokens: reply.usage.cachedTokens,
            cost: reply.isKept ? 0 : model.remote.cost(of: reply.usage))
    }

    /// Whether the model says that the passages do not answer, in the words it was told.
    private func isRefusal(_ text: String) -> Bool {
        func words(_ text: String) -> [Substring] {
            text.lowercased().split { !$0.isLetter }
        }
        return words(text) == words(PromptBuilder.refusal)
    }

    private func notices(of reply: ChatReply, leftOut: Int) -> [String] {
        // No one asked for a default that the model refuses.
        let isTemperatureSet = configuration.origins[SettingKey.temperature.rawValue] != nil
        let said = reply.notices.filter {
            isTemperatureSet
                || $0 != .parameterDropped("temperature", model: model.remote.profile.name)
        }.map(\.description)
        let room = leftOut == 0 ? [] : [leftOutSentence(leftOut)]
        return said + room + (endSentence(reply).map { [$0] } ?? [])
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

extension SentContext {
    fileprivate init(_ prompt: Prompt, of found: Int, model: String, window: Int) {
        self.init(
            model: model, system: prompt.system, turn: prompt.turn,
            parts: prompt.parts.map { Part(name: $0.name, tokens: $0.tokens) },
            outputTokens: prompt.outputTokens, window: window, passages: prompt.passages.count,
            leftOut: found - prompt.passages.count)
    }
}
