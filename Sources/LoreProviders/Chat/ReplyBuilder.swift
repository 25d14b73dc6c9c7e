import LoreCore

/// Gathers a reply from its pieces, and tells of each as it comes.
///
/// Events and the whole reply are made by the same calls, so that the two cannot differ.
struct ReplyBuilder {
    /// What has not been told yet.
    private(set) var events: [ChatEvent] = []
    var usage: TokenUsage?
    var finish: FinishReason?
    /// The model that answers, as the provider calls it.
    var model: String
    /// The turn in the provider's own form.
    var original: JSONValue?
    /// What asks for the rest of a reply that is paused or breaks off here; text that follows
    /// makes it void.
    var continuation: JSONValue?
    /// Whether the protocol's own mark of the end was seen.
    var hasEnded = false
    private(set) var hasContent = false

    private var parts: [ChatPart] = []
    private var openText = ""
    private var notices: [ChatNotice] = []

    /// The model as it was asked for: a provider may answer with a longer name.
    private let askedModel: String

    init(model: String) { (self.model, askedModel) = (model, model) }

    mutating func addText(_ piece: String) {
        guard !piece.isEmpty else { return }
        openText += piece
        tell(.text(piece))
    }

    mutating func addThinking(_ piece: String) {
        guard !piece.isEmpty else { return }
        tell(.thinking(piece))
    }

    mutating func addCall(_ call: ToolCall) {
        closeText()
        parts.append(.toolCall(call))
        tell(.toolCall(call))
    }

    mutating func addNotice(_ notice: ChatNotice) {
        guard !notices.contains(notice) else { return }
        notices.append(notice)
        events.append(.notice(notice))
    }

    /// The events since the last call.
    mutating func takeEvents() -> [ChatEvent] {
        defer { events = [] }
        return events
    }

    var hasCalls: Bool {
        parts.contains { part in
            if case .toolCall = part { true } else { false }
        }
    }

    /// The bytes of all that the model has made so far.
    var textBytes: Int { openText.utf8.count + ChatMessage(.assistant, parts).textBytes }

    /// The whole reply, of a protocol called `dialect`.
    mutating func reply(dialect: String, usage: TokenUsage) -> ChatReply {
        closeText()
        var finish = finish ?? .stop
        // Servers disagree on the word; the calls themselves do not.
        if hasCalls && finish == .stop { finish = .toolCalls }
        let turn = original.map { OriginalTurn(dialect: dialect, model: askedModel, content: $0) }
        return ChatReply(
            message: ChatMessage(.assistant, parts, original: turn), finish: finish, usage: usage,
            model: model, notices: notices)
    }

    private mutating func tell(_ event: ChatEvent) {
        hasContent = true
        continuation = nil
        events.append(event)
    }

    private mutating func closeText() {
        guard !openText.isEmpty else { return }
        parts.append(.text(openText))
        openText = ""
    }
}
