import LoreCore
import LoreLinearAlgebra
import LoreProviders
import LoreStore

/// A chat model whose requests are entered in the ledger, and whose replies are kept: an equal request
/// is answered by the reply that was kept.
struct AccountedModel: ChatModel {
    let remote: RemoteChatModel
    let purpose: ModelCall.Purpose
    let ledger: CostLedger
    let purse: CostLedger.Purse
    /// Nil where every request is to be sent.
    let replies: KeptReplies?
    /// What requests hold of notes, beside what they say themselves.
    var origins: [NoteOrigin] = []

    var name: String { remote.name }
    var window: Int? { remote.window }
    var holdsSchemas: Bool { remote.holdsSchemas }
    var isOnThisMachine: Bool { remote.isOnThisMachine }

    func stream(_ request: ChatRequest) -> ChatStream {
        ChatStream {
            let reply = AccountedReply(request, from: self)
            return { try await reply.next() }
        }
    }

    /// How many tokens a text has, by what the model's provider counted in the last requests.
    func ratio(in store: Store) async throws -> TokenRatio {
        let counted = try await Parallel.offPool { [name] in
            try store.read {
                try $0.countedRequests(to: name, limit: Configuration.countedRequests)
            }
        }
        return counted.reduce(into: TokenRatio()) { $0.learn(bytes: $1.bytes, tokens: $1.tokens) }
    }
}

/// One reply on its way, for one reader.
private final class AccountedReply {
    private let request: ChatRequest
    private let model: AccountedModel
    private var pending: ArraySlice<ChatEvent>?
    private var events: ChatStream.AsyncIterator?
    /// What is set aside while the request is out.
    private var reserved: Double?
    private var outputBytes = 0

    init(_ request: ChatRequest, from model: AccountedModel) {
        var request = request
        request.purpose = model.purpose
        request.origins += model.origins
        self.request = request
        self.model = model
    }

    /// A request that its reader lets go, or that fails on its way, is paid for all the same.
    deinit { if reserved != nil { settle(estimate) } }

    func next() async throws -> ChatEvent? {
        if events == nil, pending == nil { try await begin() }
        if pending != nil { return pending?.popFirst() }
        do {
            return try await read()
        } catch {
            // What was refused before its first word is not charged.
            if outputBytes == 0 { settle(TokenUsage()) }
            throw error
        }
    }

    private func begin() async throws {
        if let kept = try await model.replies?.reply(to: request, of: model.remote) {
            pending = [.text(kept.text), .finished(kept)]
            return
        }
        reserved = try await model.ledger.reserve(
            for: request, to: model.remote, from: model.purse)
        events = model.remote.stream(request).makeAsyncIterator()
    }

    private func read() async throws -> ChatEvent? {
        var iterator = events
        defer { events = iterator }
        guard let event = try await iterator?.next() else { return nil }
        switch event {
        case .text(let text), .thinking(let text): outputBytes += text.utf8.count
        case .finished(let reply):
            settle(reply.usage, inputBytes: countedBytes(reply))
            model.replies?.keep(reply, to: request, of: model.remote)
        case .toolCall, .notice: break
        }
        return event
    }

    private var estimate: TokenUsage {
        guard outputBytes > 0 else { return TokenUsage() }
        return TokenUsage(
            inputTokens: TokenEstimate.most(bytes: request.inputBytes),
            outputTokens: TokenEstimate.most(bytes: outputBytes), isEstimated: true)
    }

    /// Bytes of the text whose tokens the provider counted; 0 where it read only a part of it.
    private func countedBytes(_ reply: ChatReply) -> Int {
        let isCut = reply.notices.contains { if case .contextCut = $0 { true } else { false } }
        return isCut ? 0 : request.textBytes
    }

    private func settle(_ usage: TokenUsage, inputBytes: Int = 0) {
        guard let amount = reserved else { return }
        reserved = nil
        model.ledger.settle(
            usage, of: model.remote, for: model.purpose, reserved: amount, from: model.purse,
            inputBytes: inputBytes)
    }
}
