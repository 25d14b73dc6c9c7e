import LoreCore

/// How a streamed reply goes over the wire.
public struct ScriptedDelivery: Sendable {
    public enum Ending: Sendable {
        /// The body ends as it should.
        case clean
        /// The body ends cleanly, but before its last events.
        case cut
        /// The connection closes in the middle of a chunk.
        case close
        case reset
        /// Nothing more comes.
        case hang
        /// An error in the stream, as the protocol tells it.
        case failure(ScriptedFailure)
    }

    /// LF, CR or CRLF.
    public var lineEnd: String
    public var hasComments: Bool
    /// Whether `[DONE]` follows where the protocol has it.
    public var hasEndMark: Bool
    /// Bytes of each write, across events and characters; whole events where nil.
    public var pieceBytes: Int?
    public var contentType: String?
    /// How many events come before `ending`; all where nil.
    public var events: Int?
    public var ending: Ending
    /// Opened by the test before the event of the same place goes out.
    public var gates: [Gate]

    public init(
        lineEnd: String = "\n", hasComments: Bool = false, hasEndMark: Bool = true,
        pieceBytes: Int? = nil, contentType: String? = nil, events: Int? = nil,
        ending: Ending = .clean, gates: [Gate] = []
    ) {
        self.lineEnd = lineEnd
        self.hasComments = hasComments
        self.hasEndMark = hasEndMark
        self.pieceBytes = pieceBytes
        self.contentType = contentType
        self.events = events
        self.ending = ending
        self.gates = gates
    }

    func reply(_ frames: [ScriptedFrame], of wire: ScriptedWire) -> LoopbackReply {
        var texts = frames.prefix(events ?? frames.count).map { text($0, of: wire) }
        if case .failure(let failure) = ending {
            texts.append(text(failure.frame(in: wire), of: wire))
        } else if case .clean = ending, wire == .openAIChat, hasEndMark {
            texts.append("data: [DONE]\(lineEnd)\(lineEnd)")
        }
        let headers = [("Content-Type", contentType ?? wire.streamType)]
        return .chunked(headers: headers, steps(texts))
    }

    private func steps(_ texts: [String]) -> [LoopbackReply.Step] {
        var steps: [LoopbackReply.Step]
        if let pieceBytes {
            let bytes = Array(texts.joined().utf8)
            steps = stride(from: 0, to: bytes.count, by: pieceBytes).map { start in
                .send(Array(bytes[start..<min(start + pieceBytes, bytes.count)]))
            }
        } else {
            steps = texts.enumerated().flatMap { index, text in
                (index < gates.count ? [.wait(gates[index])] : []) + [.send(Array(text.utf8))]
            }
        }
        switch ending {
        case .clean, .cut, .failure: break
        case .close: steps.append(.cut)
        case .reset: steps.append(.reset)
        case .hang: steps.append(.waitForPeerToClose)
        }
        return steps
    }

    private func text(_ frame: ScriptedFrame, of wire: ScriptedWire) -> String {
        if wire == .ollama { return frame.data.text + "\n" }
        let comment = hasComments ? ": ping\(lineEnd)" : ""
        let name = frame.name.map { "event: \($0)\(lineEnd)" } ?? ""
        return "\(comment)\(name)data: \(frame.data.text)\(lineEnd)\(lineEnd)"
    }
}

extension ScriptedWire {
    fileprivate var streamType: String {
        self == .ollama ? "application/x-ndjson" : "text/event-stream"
    }
}
