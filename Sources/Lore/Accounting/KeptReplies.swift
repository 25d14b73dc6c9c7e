import Crypto
import LoreChat
import LoreCore
import LoreLinearAlgebra
import LoreProviders
import LoreStore

/// Replies of models by all that was sent for them.
struct KeptReplies: Sendable {
    let opened: OpenedStore
    let journal: Journal
    let time: LocalTime

    /// The reply that an equal request had; nothing was paid for it now.
    func reply(to request: ChatRequest, of model: RemoteChatModel) async throws -> ChatReply? {
        let digest = request.digest(for: model)
        let text = try await Parallel.offPool { [opened] in
            try opened.reader().read { try $0.keptReply(to: digest) }
        }
        return text.map { text in
            var reply = ChatReply(
                message: ChatMessage(.assistant, text), finish: .stop, usage: TokenUsage(),
                model: model.profile.name)
            reply.isKept = true
            return reply
        }
    }

    /// Keeps `reply`, where it is all that the model meant to say, text alone, and of the form that was
    /// asked for.
    func keep(_ reply: ChatReply, to request: ChatRequest, of model: RemoteChatModel) {
        guard reply.finish == .stop, reply.toolCalls.isEmpty, !reply.text.isEmpty,
            reply.fits(request.schema)
        else { return }
        let digest = request.digest(for: model)
        let (name, stamp) = (model.name, time.stamp)
        journal.write { try $0.keepReply(reply.text, to: digest, of: name, at: stamp) }
    }
}

extension ChatReply {
    fileprivate func fits(_ schema: ReplySchema?) -> Bool {
        guard let schema = schema?.schema else { return true }
        return jsonInText(text).map { SchemaCheck(schema).problems(in: $0).isEmpty } ?? false
    }
}

extension ChatRequest {
    /// Equal where all that the model reads, and where it is, are equal.
    func digest(for model: RemoteChatModel) -> ContentHash {
        let value: JSONValue = .array([
            .string(model.name), .string(model.place), .string(system),
            .array(messages.map(\.value)),
            .array(
                tools.map { .array([.string($0.name), .string($0.description), $0.parameters]) }),
            .string("\(toolChoice)"), .string("\(parameters)"), schema?.schema ?? .null,
        ])
        return ContentHash(bytes: Array(SHA256.hash(data: value.bytes)))
    }
}

extension ChatMessage {
    fileprivate var value: JSONValue {
        .array([.string(role.rawValue)] + parts.map(\.value))
    }
}

extension ChatPart {
    fileprivate var value: JSONValue {
        switch self {
        case .text(let text): .array([.string("text"), .string(text)])
        case .toolCall(let call):
            .array([.string("call"), .string(call.name), .string(call.argumentText)])
        case .toolResult(let result):
            .array([.string("result"), .string(result.content), .bool(result.isError)])
        }
    }
}
