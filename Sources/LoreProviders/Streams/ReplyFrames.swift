import LoreCore

/// A part of a reply's body that means something on its own.
enum ReplyFrame: Hashable, Sendable {
    /// An event of a stream.
    case event(JSONValue)
    /// A reply that was not streamed although that was asked.
    case whole(JSONValue)
}

/// Cuts the body of a streamed reply into frames.
///
/// What the body is shows in its first byte and not in its Content-Type, which servers get wrong.
struct ReplyFrames {
    /// How a protocol streams.
    enum Form: Sendable {
        case serverSentEvents
        /// One JSON document a line.
        case lines
    }

    private enum Reading {
        case start([UInt8])
        case events(ServerSentEventDecoder)
        case lines(LineSplitter)
        case document([UInt8])
    }

    private let form: Form
    private var reading = Reading.start([])

    private static let documentLimitBytes = 64 << 20

    init(_ form: Form) { self.form = form }

    /// The frames that `piece` completes.
    mutating func feed(_ piece: [UInt8]) throws -> [ReplyFrame] {
        switch reading {
        case .start(let before): return try begin(before + piece)
        case .events(var decoder):
            // Moved out while it changes, so that its buffer is not copied.
            reading = .start([])
            defer { reading = .events(decoder) }
            return try decoder.feed(piece).compactMap(frame)
        case .lines(var splitter):
            reading = .start([])
            defer { reading = .lines(splitter) }
            return try splitter.feed(piece).compactMap(frame)
        case .document(let before):
            guard before.count + piece.count <= Self.documentLimitBytes else {
                throw MalformedStream("its body is too long")
            }
            reading = .document(before + piece)
            return []
        }
    }

    /// The frames that the end of the body completes.
    mutating func finish() throws -> [ReplyFrame] {
        switch reading {
        case .start(let bytes):
            throw MalformedStream(
                bytes.allSatisfy(isSpace) ? "its body is empty" : "a part of it is not JSON")
        case .events(var decoder): return try decoder.finish().flatMap(frame).map { [$0] } ?? []
        case .lines(var splitter): return try splitter.finish().flatMap(frame).map { [$0] } ?? []
        case .document(let bytes): return try documents(bytes)
        }
    }

    private mutating func begin(_ bytes: [UInt8]) throws -> [ReplyFrame] {
        let isMarked = bytes.starts(with: byteOrderMark)
        let text = isMarked ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        guard let first = text.first(where: { !isSpace($0) }), isMarked || bytes.count >= 3
        else {
            reading = .start(bytes)
            return []
        }
        switch (first, form) {
        case (UInt8(ascii: "<"), _): throw MalformedStream("it is a web page")
        case (_, .lines): reading = .lines(LineSplitter())
        case (UInt8(ascii: "{"), _), (UInt8(ascii: "["), _):
            reading = .document([])
            return try feed(Array(text))
        default: reading = .events(ServerSentEventDecoder())
        }
        return try feed(bytes)
    }

    private func documents(_ bytes: [UInt8]) throws -> [ReplyFrame] {
        let document = try parse(bytes)
        // A stream asked for without server-sent events is one array of the same objects.
        return document.elements.map { $0.map(ReplyFrame.event) } ?? [.whole(document)]
    }

    private func frame(_ event: ServerSentEvent) throws -> ReplyFrame? {
        event.data.elementsEqual("[DONE]".utf8) ? nil : try frame(event.data)
    }

    private func frame(_ line: [UInt8]) throws -> ReplyFrame? {
        line.allSatisfy(isSpace) ? nil : .event(try parse(line))
    }

    private func parse(_ bytes: [UInt8]) throws -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw MalformedStream("a part of it is not JSON")
        }
    }
}

private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
