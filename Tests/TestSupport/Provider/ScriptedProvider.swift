public import LoreCore
import Synchronization

/// A provider on this machine that speaks all five protocols and does what a test tells it.
///
/// Which protocol a request speaks shows in its path, as at the providers themselves.
public final class ScriptedProvider: Sendable {
    public let server: LoopbackServer
    private let acts = Mutex<[ScriptedAct]>([])
    private let embedding = Mutex(Embedding())
    /// The batches that were made here.
    public let batches = ScriptedBatches()

    private struct Embedding {
        var script = ScriptedVectors()
        var texts: [String] = []
    }

    public init() throws {
        server = try LoopbackServer()
        let paths = [
            "/chat/completions", "/v1/chat/completions", "/responses", "/v1/responses",
            "/v1/messages", "/api/chat", "/embeddings", "/v1/embeddings", "/api/embed",
            "/v1/models/\(Self.geminiEmbeddingModel):batchEmbedContents",
            "/models", "/v1/models", "/api/tags",
        ]
        server.otherwise { [weak self] in self?.answerBatch($0) ?? .whole(503) }
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

    /// The same for vectors.
    public static let geminiEmbeddingModel = "gemini-embedding-001"

    /// How every request for vectors is answered that no act is for.
    public func embeds(_ script: ScriptedVectors) { embedding.withLock { $0.script = script } }

    /// The texts that were embedded so far.
    public var embeddedTexts: [String] { embedding.withLock { $0.texts } }

    /// What to do with the next requests, one each; then every request is answered with `Hello.`, or
    /// with vectors where it asks for some.
    public func next(_ acts: ScriptedAct...) { self.acts.withLock { $0 += acts } }

    /// The bodies of the requests so far.
    public var bodies: [JSONValue] {
        get throws { try server.log.requests.map { try JSONValue(parsing: $0.body) } }
    }

    private func answer(_ request: LoopbackRequest) -> LoopbackReply {
        let act = acts.withLock { $0.isEmpty ? .say(.text("Hello.")) : $0.removeFirst() }
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        if let wire = ScriptedWire(listing: request) {
            guard case .say = act else { return wire.reply(to: request, body: body, act: act) }
            return wire.json(200, wire.models(["m", "n"]))
        }
        if let wire = ScriptedEmbeddingWire(path: request.path) {
            return embed(request, body, in: wire, act: act)
        }
        guard let wire = ScriptedWire(path: request.path) else { return .whole(404) }
        return wire.reply(to: request, body: body, act: act)
    }

    private func answerBatch(_ request: LoopbackRequest) -> LoopbackReply {
        guard let wire = ScriptedBatches.wire(of: request) else { return .whole(404) }
        let act = acts.withLock { $0.isEmpty ? .say(.text("Hello.")) : $0.removeFirst() }
        guard case .say = act else { return wire.reply(to: request, body: .null, act: act) }
        return batches.reply(to: request, in: wire)
    }

    private func embed(
        _ request: LoopbackRequest, _ body: JSONValue, in wire: ScriptedEmbeddingWire,
        act: ScriptedAct
    ) -> LoopbackReply {
        guard case .say = act else { return wire.chat.reply(to: request, body: body, act: act) }
        let script = embedding.withLock { $0.script }
        let texts = wire.texts(body)
        if let limit = script.limitBytes, texts.contains(where: { $0.utf8.count > limit }) {
            return wire.chat.reply(to: request, body: body, act: .fail(.contextTooLong))
        }
        embedding.withLock { $0.texts += texts }
        return wire.chat.json(200, wire.reply(to: body, script))
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

    func json(
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
