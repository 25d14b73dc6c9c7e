public import LoreCore
import Synchronization

/// A provider on this machine that speaks all five protocols and does what a test tells it.
///
/// Which protocol a request speaks shows in its path, as at the providers themselves.
public final class ScriptedProvider: Sendable {
    public let server: LoopbackServer
    private let acts = Mutex<[ScriptedAct]>([])

    public init() throws {
        server = try LoopbackServer()
        let paths = [
            "/chat/completions", "/v1/chat/completions", "/responses", "/v1/responses",
            "/v1/messages", "/api/chat",
        ]
        for path in paths { server.on(path) { [weak self] in self?.answer($0) ?? .whole(503) } }
        for version in ["v1", "v1beta"] {
            for method in ["generateContent", "streamGenerateContent"] {
                server.on("/\(version)/models/\(Self.geminiModel):\(method)") { [weak self] in
                    self?.answer($0) ?? .whole(503)
                }
            }
        }
    }

    /// The one model of Gemini's protocol, whose name is part of the path.
    public static let geminiModel = "gemini-3.8-flash"

    /// What to do with the next requests, one each; then every request is answered with `Hello.`.
    public func next(_ acts: ScriptedAct...) { self.acts.withLock { $0 += acts } }

    /// The bodies of the requests so far.
    public var bodies: [JSONValue] {
        get throws { try server.log.requests.map { try JSONValue(parsing: $0.body) } }
    }

    private func answer(_ request: LoopbackRequest) -> LoopbackReply {
        let act = acts.withLock { $0.isEmpty ? .say(.text("Hello.")) : $0.removeFirst() }
        guard let wire = ScriptedWire(path: request.path) else { return .whole(404) }
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        return wire.reply(to: request, body: body, act: act)
    }
}

/// What a scripted provider does with one request.
public enum ScriptedAct: Sendable {
    /// The reply, delivered as told.
    case say(ScriptedReply, ScriptedDelivery = ScriptedDelivery())
    /// An error in the protocol's own form; headers are added.
    case fail(ScriptedFailure, headers: [(String, String)] = [])
    /// This body with this status, whatever the protocol.
    case send(status: Int, contentType: String, body: String)
    /// Steps of the connection itself.
    case connection(LoopbackReply)
}

/// The protocols of chat models.
public enum ScriptedWire: Sendable, CaseIterable {
    case openAIChat, openAIResponses, anthropic, gemini, ollama

    init?(path: String) {
        switch path {
        case _ where path.hasSuffix("/chat/completions"): self = .openAIChat
        case _ where path.hasSuffix("/responses"): self = .openAIResponses
        case "/v1/messages": self = .anthropic
        case "/api/chat": self = .ollama
        case _ where path.contains("enerateContent"): self = .gemini
        default: return nil
        }
    }

    func reply(to request: LoopbackRequest, body: JSONValue, act: ScriptedAct) -> LoopbackReply {
        switch act {
        case .say(let reply, let delivery):
            let model = body["model"]?.string ?? ScriptedProvider.geminiModel
            guard isStreamed(request, body) else {
                return json(200, whole(reply, model: model))
            }
            return delivery.reply(frames(reply, model: model), of: self)
        case .fail(let failure, let headers):
            let (status, body) = failure.response(in: self)
            return json(status, body, headers: headers)
        case .send(let status, let type, let body):
            return .whole(status, headers: [("Content-Type", type)], Array(body.utf8))
        case .connection(let reply): return reply
        }
    }

    /// The events of a streamed reply.
    public func frames(_ reply: ScriptedReply, model: String) -> [ScriptedFrame] {
        switch self {
        case .openAIChat: openAIChatFrames(reply, model: model)
        case .openAIResponses: openAIResponsesFrames(reply, model: model)
        case .anthropic: anthropicFrames(reply, model: model)
        case .gemini: geminiFrames(reply, model: model)
        case .ollama: ollamaFrames(reply, model: model)
        }
    }

    /// The same reply in one document.
    public func whole(_ reply: ScriptedReply, model: String) -> JSONValue {
        switch self {
        case .openAIChat: openAIChatWhole(reply, model: model)
        case .openAIResponses: openAIResponse(reply, model: model)
        case .anthropic: anthropicMessage(reply, model: model)
        case .gemini: geminiWhole(reply, model: model)
        case .ollama: ollamaWhole(reply, model: model)
        }
    }

    private func isStreamed(_ request: LoopbackRequest, _ body: JSONValue) -> Bool {
        switch self {
        case .gemini: request.path.contains(":streamGenerateContent")
        case .ollama: body["stream"]?.bool ?? true
        default: body["stream"]?.bool ?? false
        }
    }

    private func json(
        _ status: Int, _ body: JSONValue, headers: [(String, String)] = []
    ) -> LoopbackReply {
        .whole(status, headers: [("Content-Type", "application/json")] + headers, body.bytes)
    }
}

/// One event of a stream.
public struct ScriptedFrame: Sendable {
    /// The event's name, where the protocol gives it one.
    var name: String?
    var data: JSONValue
}
