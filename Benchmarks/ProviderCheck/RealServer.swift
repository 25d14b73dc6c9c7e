import LoreCore
import LoreProviders

/// A server that speaks several protocols, and the model that it runs.
struct RealServer: Sendable {
    let base: String
    let model: String
    /// One for all checks, so that they share connections as a program's requests do.
    let client = HTTPClient(
        HTTPClient.Configuration(
            offline: true,
            timeouts: HTTPTimeouts(connect: .seconds(10), idle: .seconds(600), total: nil)))

    /// A protocol that the provider layer speaks to such a server.
    enum Wire: String, CaseIterable, Sendable {
        case chat, responses, messages

        var provider: Provider {
            switch self {
            case .chat: .compatible
            case .responses: .openai
            case .messages: .anthropic
            }
        }

        /// llama.cpp's server takes the schema of a message and does not heed it.
        var isHeldToSchemas: Bool { self != .messages }

        /// What stands behind the server's address.
        var version: String { self == .messages ? "" : "/v1" }
    }

    func model(in wire: Wire) -> RemoteChatModel {
        RemoteChatModel(
            profile: ModelProfile(name: model),
            endpoint: ProviderEndpoint(
                provider: wire.provider, base: base + wire.version, key: APIKey("none")),
            transport: ProviderTransport(client: client))
    }

    /// A request that goes out in `wire`: OpenAI's models are asked by Responses where there are
    /// tools, so one is offered that may not be called.
    func request(_ text: String, maxTokens: Int, in wire: Wire) -> ChatRequest {
        var request = ChatRequest(
            system: "You are brief.", messages: [ChatMessage(.user, text)],
            parameters: ChatParameters(temperature: 0, maxTokens: maxTokens))
        if wire == .responses {
            (request.tools, request.toolChoice) = ([Cellar().definition], .none)
        }
        return request
    }
}

/// The tool that the model is offered: what it says stands nowhere else.
struct Cellar: Tool {
    static let name = "search_notes"
    static let answer = "The spare pump is on shelf 47."

    let definition = ToolDefinition(
        name: Self.name, description: "Searches the user's notes for words.",
        parameters: [
            "type": "object",
            "properties": ["query": ["type": "string", "description": "the words"]],
            "required": ["query"],
        ])

    func run(_ arguments: JSONValue) async throws -> ToolOutput {
        ToolOutput(Self.answer)
    }
}
