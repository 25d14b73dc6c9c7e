import LoreCore

@testable import LoreProviders

/// The conversation that every encoding test sends: a question, a call, its results, a new turn.
enum EncodingRequests {
    static let call = ToolCall(id: "call_a", name: "search", argumentText: #"{"q":"pump"}"#)

    /// With every parameter set.
    static let plain = ChatRequest(
        system: "Be brief.", messages: [ChatMessage(.user, "Hi")],
        parameters: ChatParameters(
            temperature: 0.2, maxTokens: 100, stop: ["END"], effort: .low))

    static let withTools = ChatRequest(
        system: "Be brief.",
        messages: [
            ChatMessage(.user, "Pump?"),
            ChatMessage(.assistant, [.text("Looking."), .toolCall(call)]),
            ChatMessage(
                .user,
                [
                    .toolResult(ToolResult(of: call, "3 bar")),
                    .toolResult(
                        ToolResult(
                            callID: "call_b", name: "search", content: "no", isError: true)),
                ]),
        ],
        tools: [TestModels.searchTool], toolChoice: .named("search"))

    static let structured = ChatRequest(
        messages: [ChatMessage(.user, "Hi")],
        schema: ReplySchema(name: "answer", schema: ["type": "object"]))

    static let searchParameters =
        #"{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}"#

    /// The body of `request` as `dialect` writes it.
    static func body(
        _ request: ChatRequest, _ dialect: some ChatDialect, model: String = "m"
    ) -> String {
        dialect.encode(request, for: ModelProfile(name: model), resuming: nil).body.text
    }
}
