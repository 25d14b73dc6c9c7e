import LoreCore

/// How one protocol writes a request and reads what comes back.
protocol ChatDialect: Sendable {
    /// Names the protocol in an `OriginalTurn`: only its own turns go back as they came.
    var name: String { get }
    var framing: ReplyFrames.Form { get }

    /// The request in the protocol's form.
    ///
    /// `continuation` is what the paused reply before this one gave, where there was one.
    func encode(_ request: ChatRequest, for model: ModelProfile, resuming continuation: JSONValue?)
        -> WireRequest

    /// What reads the reply to `request`.
    func decoder(for request: ChatRequest) -> any ReplyDecoder
}

/// Reads one reply in one protocol.
protocol ReplyDecoder {
    /// Takes the next event of a stream.
    ///
    /// - Throws: `FailureReport` where the provider tells of an error in its stream.
    mutating func take(_ event: JSONValue, into reply: inout ReplyBuilder) throws

    /// Takes a reply that came whole.
    mutating func takeWhole(_ document: JSONValue, into reply: inout ReplyBuilder) throws

    /// Takes note that the reply has ended, streamed or whole.
    mutating func finish(into reply: inout ReplyBuilder)
}

extension ReplyDecoder {
    mutating func finish(into reply: inout ReplyBuilder) {}
}
