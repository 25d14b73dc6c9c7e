import LoreChat
import LoreCore
import LoreProviders

/// The checks of one protocol, one line each.
struct ProtocolChecks: Sendable {
    let server: RealServer
    let wire: RealServer.Wire

    private var model: RemoteChatModel { server.model(in: wire) }

    private static let question = "Name three colours of a traffic light."

    func run() async {
        await check("stream", stream)
        await check("tool, the server's call", ownCall)
        await check("tool, call in text") { try await callInText(.auto) }
        await check("tool, call in text where one is due") { try await callInText(.required) }
        // OpenAI's models answer by a schema in Chat Completions, unless there are tools.
        await check("schema", schema)
        await check("too long", tooLong)
        await check("ten at once", tenAtOnce)
    }

    /// Prints what `body` found; what it throws is a failure of the check.
    private func check(
        _ name: String, _ body: () async throws -> [JSONMember]
    ) async {
        let start = ContinuousClock.now
        var line: [JSONMember] = [
            JSONMember("check", .string(name)), JSONMember("protocol", .string(wire.rawValue)),
        ]
        do {
            line += [JSONMember("ok", true)] + (try await body())
        } catch {
            line += [JSONMember("ok", false), JSONMember("why", .string("\(error)"))]
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        line.append(JSONMember("seconds", JSONValue(seconds)))
        say(.object(line))
    }

    /// The pieces make the whole, and its tokens are the provider's own count.
    private func stream() async throws -> [JSONMember] {
        var pieces: [String] = []
        var whole: ChatReply?
        let request = server.request(Self.question, maxTokens: 60, in: wire)
        for try await event in model.stream(request) {
            if case .text(let piece) = event { pieces.append(piece) }
            if case .finished(let reply) = event { whole = reply }
        }
        guard let whole else { throw Wrong("no end") }
        try expect(pieces.count > 1, "it came in \(pieces.count) pieces")
        try expect(pieces.joined() == whole.text, "the pieces do not make the whole")
        try expect(whole.finish == .stop, "it ended by \(whole.finish.word)")
        try expect(!whole.usage.isEstimated, "the server told no usage")
        return [
            JSONMember("text", .string(whole.text)),
            JSONMember("input_tokens", JSONValue(whole.usage.inputTokens)),
            JSONMember("output_tokens", JSONValue(whole.usage.outputTokens)),
            JSONMember("system", .string(request.system)),
            JSONMember("question", .string(Self.question)),
            JSONMember("tools", .array(request.tools.map(responsesTool))),
        ]
    }

    /// A tool as Responses takes it, for who asks the same without lore.
    private func responsesTool(_ tool: ToolDefinition) -> JSONValue {
        [
            "type": "function", "name": .string(tool.name),
            "description": .string(tool.description), "parameters": tool.parameters,
            "strict": false,
        ]
    }

    /// A call in the protocol's own form.
    ///
    /// The model writes none unless its turn is begun for it, so the request ends with a beginning.
    private func ownCall() async throws -> [JSONMember] {
        var request = toolRequest(.auto)
        request.messages.append(ChatMessage(.assistant, "<tool_call>\n"))
        let reply = try await model.reply(to: request)
        try expect(!reply.toolCalls.isEmpty, "no call but: \(reply.text)")
        try expect(reply.finish == .toolCalls, "it ended by \(reply.finish.word)")
        request.messages.removeLast()
        return try await answer(to: reply, of: request)
    }

    /// A call that the model writes as text.
    private func callInText(_ choice: ToolChoice) async throws -> [JSONMember] {
        let request = toolRequest(choice)
        let said = try await model.reply(to: request)
        let reply = said.takingCallInText(of: request)
        let form = said != reply ? "text" : said.toolCalls.isEmpty ? "none" : "call"
        let found = [JSONMember("form", .string(form)), JSONMember("said", .string(said.text))]
        guard !reply.toolCalls.isEmpty else {
            let isMissed = choice != .auto || said.text.contains(Cellar.name)
            try expect(!isMissed, "no call in: \(said.text)")
            return found
        }
        return found + (try await answer(to: reply, of: request))
    }

    private func toolRequest(_ choice: ToolChoice) -> ChatRequest {
        ChatRequest(
            system: "Answer from the user's notes. Search them with search_notes first.",
            messages: [ChatMessage(.user, "On which shelf is the spare pump?")],
            tools: [Cellar().definition], toolChoice: choice,
            parameters: ChatParameters(temperature: 0, maxTokens: 60))
    }

    /// Runs the calls of `reply`, hands their results back and reads the answer.
    private func answer(
        to reply: ChatReply, of request: ChatRequest
    ) async throws -> [JSONMember] {
        let outcomes = try await ToolRunner([Cellar()]).outcomes(of: reply.toolCalls)
        try expect(!outcomes.contains(where: \.isError), "\(outcomes.map(\.output.text))")
        var request = request
        let results = outcomes.map { ChatPart.toolResult(ToolResult(of: $0.call, $0.output.text)) }
        let turn = results + [.text("Say it in one sentence.")]
        request.messages += [reply.message, ChatMessage(.user, turn)]
        request.toolChoice = .none
        let answer = try await model.reply(to: request)
        try expect(!answer.text.isEmpty, "no answer to the result")
        return [
            JSONMember("arguments", .string(reply.toolCalls[0].argumentText)),
            JSONMember("answer", .string(answer.text)),
            JSONMember("right", JSONValue(answer.text.contains("47"))),
        ]
    }

    private func schema() async throws -> [JSONMember] {
        let form = ReplySchema(
            name: "colours",
            schema: [
                "type": "object",
                "properties": [
                    "colours": [
                        "type": "array", "minItems": 3, "maxItems": 3,
                        "items": ["type": "string", "enum": ["red", "yellow", "green", "blue"]],
                    ],
                    "count": ["type": "integer"],
                ],
                "required": ["colours", "count"], "additionalProperties": false,
            ])
        var request = server.request(Self.question, maxTokens: 120, in: .chat)
        request.messages = [ChatMessage(.user, Self.question + " How many are there?")]
        do {
            let reply = try await StructuredOutput(form).reply(to: request, from: model)
            return [JSONMember("value", reply.value)]
        } catch let error as StructuredOutputError where !wire.isHeldToSchemas {
            return [JSONMember("not held", .string("\(error)"))]
        }
    }

    /// A request over the window is the one error for it.
    private func tooLong() async throws -> [JSONMember] {
        let text = String(repeating: "The pump is in the cellar. ", count: 4_000)
        do {
            _ = try await model.reply(to: server.request(text, maxTokens: 10, in: wire))
        } catch ProviderError.contextTooLong {
            return []
        }
        throw Wrong("the server took a prompt of \(text.utf8.count) bytes")
    }

    private func tenAtOnce() async throws -> [JSONMember] {
        let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 1...10 {
                let text = "Write the number \(number) and nothing else."
                group.addTask { [model] in
                    let request = server.request(text, maxTokens: 8, in: wire)
                    return (number, try await model.reply(to: request).text)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        try expect(answers.count == 10 && !answers.values.contains(""), "an answer is empty")
        let right = answers.count { $0.value.contains("\($0.key)") }
        return [JSONMember("own", JSONValue(right))]
    }
}

/// Lets go of a reply after its first text, and keeps the process and its connections until stdin
/// ends: what frees the server is the request's end and not the program's.
func letGo(of server: RealServer, in wire: RealServer.Wire) async throws {
    let request = server.request(
        "Count from 1 to 500, one number a line.", maxTokens: 1_500, in: wire)
    for try await event in server.model(in: wire).stream(request) {
        if case .text = event { break }
    }
    say(["check": "cancel", "protocol": .string(wire.rawValue)])
    while readLine() != nil {}
}
