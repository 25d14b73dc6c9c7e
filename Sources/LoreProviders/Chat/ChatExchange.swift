import LoreCore

/// One reply on its way: asks, reads, and asks again where that is right.
///
/// Nothing runs between two calls of `next`; letting go ends the request.
final class ChatExchange {
    private let call: ProviderCall
    private let dialect: any ChatDialect
    private let profile: ModelProfile
    private var request: ChatRequest
    private var reply: ReplyBuilder
    private var open: OpenReply?

    /// What has not been handed out yet.
    private var pending: ArraySlice<ChatEvent> = []
    private var told: Set<ChatNotice> = []
    private var ending: Ending?

    private var retries = 0
    private var hops = 0
    /// What came before the reply was paused.
    private var earlier: ChatReply?
    private var continuation: JSONValue?
    private var hasDroppedOriginals = false

    /// A provider that pauses more often than that is not getting anywhere.
    private static let maxHops = 16

    private struct OpenReply {
        let body: HTTPBody.AsyncIterator
        var frames: ReplyFrames
        var decoder: any ReplyDecoder
    }

    private enum Ending {
        case done
        case failed(any Error)
    }

    init(
        _ request: ChatRequest, to profile: ModelProfile, in dialect: any ChatDialect,
        through call: ProviderCall
    ) {
        self.call = call
        self.dialect = dialect
        self.profile = profile
        self.request = request
        reply = ReplyBuilder(model: profile.name)
    }

    /// The next event; `nil` after the last.
    func next() async throws -> ChatEvent? {
        while pending.isEmpty {
            switch ending {
            case .done?: return nil
            case .failed(let error)?:
                ending = .done
                throw error
            case nil: await advance()
            }
        }
        return pending.removeFirst()
    }

    /// One step: the beginning, a piece of the body, or the end.
    private func advance() async {
        do {
            if open == nil {
                try await begin()
            } else {
                try await read()
            }
            tell()
        } catch {
            tell()
            await recover(from: error)
        }
    }

    private func begin() async throws {
        try await call.limiter.admit(tokens: TokenEstimate.most(bytes: request.inputBytes))
        let wire = dialect.encode(request, for: profile, resuming: continuation)
        for notice in wire.notices { reply.addNotice(notice) }
        let response = try await call.send(
            .post, wire.path, body: wire.body,
            carrying: SentNotes(request.origins, for: request.purpose))
        open = OpenReply(
            body: response.body.makeAsyncIterator(), frames: ReplyFrames(dialect.framing),
            decoder: dialect.decoder(for: request))
    }

    private func read() async throws {
        guard var body = open?.body else { return }
        guard let piece = try await body.next() else { return try end() }
        try take(open?.frames.feed(piece) ?? [])
    }

    private func take(_ frames: [ReplyFrame]) throws {
        for frame in frames {
            switch frame {
            case .event(let event): try open?.decoder.take(event, into: &reply)
            case .whole(let document): try open?.decoder.takeWhole(document, into: &reply)
            }
        }
    }

    private func end() throws {
        try take(open?.frames.finish() ?? [])
        guard reply.hasEnded else {
            throw ProviderError.cutShort(provider: call.endpoint.provider.title)
        }
        try complete()
    }

    /// The reply is whole: tells so, or asks for its rest.
    private func complete() throws {
        open?.decoder.finish(into: &reply)
        if case .failed? = reply.finish, !reply.hasContent {
            throw ProviderError.serverFailure(
                provider: call.endpoint.provider.title, status: nil)
        }
        let whole = wholeSoFar()
        tell()
        if whole.finish == .paused, let rest = reply.continuation, hops < Self.maxHops {
            resume(after: whole, with: rest)
        } else {
            pending.append(.finished(whole))
            (ending, open) = (.done, nil)
        }
    }

    private func wholeSoFar() -> ChatReply {
        let usage = reply.usage ?? estimatedUsage()
        let part = reply.reply(dialect: dialect.name, usage: usage)
        return earlier?.continued(by: part) ?? part
    }

    private func resume(after whole: ChatReply, with rest: JSONValue) {
        (earlier, hops, retries) = (whole, hops + 1, 0)
        let before = continuation?.elements
        continuation = rest.elements.map { .array((before ?? []) + $0) } ?? rest
        restart()
    }

    private func restart() {
        open = nil
        reply = ReplyBuilder(model: profile.name)
    }

    /// Tries again where that is right, and otherwise ends with `error`.
    private func recover(from error: any Error) async {
        // What fails after the protocol's own end takes nothing from the reply; where the reply
        // itself is a failure, that failure is `error` already.
        if open != nil, reply.hasEnded, !(error is CancellationError), (try? complete()) != nil {
            return
        }
        do {
            if goOn(after: error) { return }
            if try await canTryAgain(after: error) { return restart() }
            ending = .failed(call.providerError(error, model: profile.name))
        } catch {
            ending = .failed(error)
        }
        open = nil
    }

    /// Goes on where the stream broke off, if the provider has marked that place; false otherwise.
    private func goOn(after error: any Error) -> Bool {
        guard let rest = reply.continuation, hops < Self.maxHops,
            let known = call.providerError(error, model: profile.name) as? ProviderError,
            known.isTransient
        else { return false }
        reply.finish = .paused
        resume(after: wholeSoFar(), with: rest)
        return true
    }

    /// Whether to ask again; returns when it is time to.
    private func canTryAgain(after error: any Error) async throws -> Bool {
        guard !reply.hasContent else { return false }
        if dropOriginals(after: error) { return true }
        guard
            try await call.waits(beforeRetry: retries + 1, after: error, model: profile.name)
        else { return false }
        retries += 1
        return true
    }

    /// A provider that does not know its own thinking again answers without it, once.
    private func dropOriginals(after error: any Error) -> Bool {
        guard let refusal = error as? ProviderCall.Refusal, refusal.report.isStaleThinking,
            !hasDroppedOriginals
        else { return false }
        hasDroppedOriginals = true
        request.messages = request.messages.map(\.withoutOriginal)
        return true
    }

    private func tell() {
        pending += reply.takeEvents().filter { event in
            guard case .notice(let notice) = event else { return true }
            return told.insert(notice).inserted
        }
    }

    private func estimatedUsage() -> TokenUsage {
        reply.addNotice(.usageEstimated(model: profile.name))
        return TokenUsage(
            inputTokens: TokenEstimate.most(bytes: request.inputBytes),
            outputTokens: TokenEstimate.most(bytes: reply.textBytes), isEstimated: true)
    }
}
