import LoreChat
import LoreCore
import LoreProviders

/// The requests for one answer: a model calls tools until it answers, or until it may no more.
struct ToolExchange {
    private let model: AnsweringModel
    private let material: AnswerMaterial
    private let prompt: Prompt
    private let count: TokenCount
    private let tell: @Sendable (AnswerEvent) -> Void

    private var request: ChatRequest
    private var results: ToolResults
    private var text: AnswerTextStream
    private(set) var replies: [ChatReply] = []
    private(set) var trace: [ToolStep] = []
    /// Passages of local-only notes that tools found and the model is not sent.
    private(set) var heldBack = 0

    /// What the answer may cite, numbered from 1.
    var passages: [Hit] { results.passages }
    /// The answer, once `run` has returned.
    var cited: CitedText { text.cited }

    init(
        _ prompt: Prompt, of material: AnswerMaterial, with model: AnsweringModel,
        counting count: TokenCount, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) {
        (self.prompt, self.material, self.model) = (prompt, material, model)
        (self.count, self.tell) = (count, tell)
        request = model.request(prompt, of: material)
        results = ToolResults(after: prompt.passages, count: count)
        text = AnswerTextStream(passages: prompt.passages.count, knowing: prompt.given)
    }

    /// Asks until there is an answer; its text is told as it comes.
    mutating func run() async throws {
        while true {
            let calls = try await round()
            guard !calls.isEmpty else { return }
            try await run(calls)
            if replies.count >= Configuration.toolRounds { request.toolChoice = .none }
        }
    }

    private var mayCall: Bool { !request.tools.isEmpty && request.toolChoice != .none }

    /// One reply, its text told where it belongs to the answer.
    ///
    /// - Returns: What it calls.
    private mutating func round() async throws -> [ToolCall] {
        let (mayCall, known, tell) = (mayCall, text.markCount, tell)
        var (attempt, held) = (text, "")
        var reply = try await replyWithRoom { piece in
            held += attempt.read(piece)
            // What leads up to a call is no part of the answer, and only the end tells: but what cites
            // a passage answers.
            guard !held.isEmpty, !mayCall || attempt.markCount > known else { return }
            tell(.text(held))
            held = ""
        }
        if mayCall { reply = reply.takingCallInText(of: request) }
        replies.append(reply)
        let calls = mayCall ? reply.toolCalls : []
        guard calls.isEmpty || attempt.markCount > known else { return calls }
        held += attempt.finish()
        if !calls.isEmpty { held += attempt.read("\n\n") }
        if !held.isEmpty { tell(.text(held)) }
        text = attempt
        return calls
    }

    /// The reply to the request as it is; to one without the last results where it is too long with them.
    private mutating func replyWithRoom(_ read: (String) -> Void) async throws -> ChatReply {
        do {
            return try await model.reply(to: request, read)
        } catch ProviderError.contextTooLong where !replies.isEmpty && mayCall {
            let calls = request.messages.removeLast().toolResults
            request.messages.append(
                ChatMessage(.user, calls.map { .toolResult(ToolResults.withoutRoom($0)) }))
            request.toolChoice = .none
            return try await model.reply(to: request, read)
        }
    }

    /// Runs the calls of the last reply, all at once, and puts what comes of them into the request.
    private mutating func run(_ calls: [ToolCall]) async throws {
        let run = calls.prefix(Configuration.callsAtOnce)
        var outcomes = try await model.tools.outcomes(of: Array(run))
        outcomes += calls.dropFirst(run.count).map { call in
            let limit = "no more than \(Configuration.callsAtOnce) calls are run at once"
            return ToolOutcome(of: call, ToolOutput(limit), isError: true)
        }
        let share = room / outcomes.count
        let known = results.passages.count
        let parts = try outcomes.map { outcome in
            let sent = try sendable(outcome)
            let telling = results.tell(sent, within: min(share, Configuration.toolResultTokens))
            trace.append(telling.step)
            tell(.step(telling.step))
            return ChatPart.toolResult(telling.result)
        }
        take(parts, passagesBefore: known)
    }

    private mutating func take(_ parts: [ChatPart], passagesBefore known: Int) {
        if let called = replies.last?.message { request.messages.append(called) }
        request.messages.append(ChatMessage(.user, parts))
        text.learn(
            passages: passages.count, from: request.messages.suffix(1).flatMap(\.resultTexts))
        if passages.count > known {
            tell(.sources(standaloneQuestion: material.standaloneQuestion, passages: passages))
        }
        tell(model.sent(request, prompt, of: material, heldBack: heldBack))
    }

    /// Tokens that results may take of what is left of the window.
    private var room: Int {
        let taken = count.tokens(
            bytes: request.textBytes + (replies.last?.message.textBytes ?? 0),
            messages: request.messages.count + 2)
        return max(0, model.window - prompt.outputTokens - taken)
    }

    /// `outcome` without what the model may not read, what it holds of notes entered in the request.
    private mutating func sendable(_ outcome: ToolOutcome) throws -> ToolOutcome {
        let found = try model.localOnly.sendable(
            outcome.output.passages, isOnThisMachine: model.isOnThisMachine,
            material.answerer.files)
        heldBack += found.heldBack
        var output = outcome.output
        output.passages = found.passages
        if !model.isOnThisMachine, output.origins.contains(where: \.isLocalOnly) {
            (output.text, output.origins) = ("", [])
            heldBack += 1
        }
        let origins = found.origins(of: found.passages) + output.origins
        request.origins += origins
        material.drawsOn(origins)
        return ToolOutcome(of: outcome.call, output, isError: outcome.isError)
    }
}

extension ChatMessage {
    fileprivate var resultTexts: [String] { toolResults.map(\.content) }
}
