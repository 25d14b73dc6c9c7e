/// An event of a `text/event-stream`.
struct ServerSentEvent: Hashable, Sendable {
    /// `nil` where the event has no name.
    var name: String?
    var data: [UInt8]
}

/// Reads server-sent events from bytes that arrive in pieces.
///
/// As the providers' own libraries do, and unlike browsers, it takes a last event whose blank line
/// is missing.
///
/// - SeeAlso: WHATWG HTML, section 9.2.6.
struct ServerSentEventDecoder {
    private var splitter = LineSplitter()
    private var name: String?
    private var data: [UInt8]?

    /// The events that `piece` completes.
    mutating func feed(_ piece: [UInt8]) throws(MalformedStream) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for line in try splitter.feed(piece) {
            if let event = take(line) { events.append(event) }
        }
        return events
    }

    /// The event that the end of the stream completes.
    mutating func finish() -> ServerSentEvent? {
        if let line = splitter.finish(), let event = take(line) { return event }
        return take([])
    }

    private mutating func take(_ line: [UInt8]) -> ServerSentEvent? {
        guard !line.isEmpty else {
            defer { (name, data) = (nil, nil) }
            return data.map { ServerSentEvent(name: name, data: $0) }
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        // A line that begins with a colon has the field "": a comment.
        if line[..<colon].elementsEqual("data".utf8) {
            data = data.map { $0 + [UInt8(ascii: "\n")] + value } ?? Array(value)
        } else if line[..<colon].elementsEqual("event".utf8) {
            name = String(decoding: value, as: UTF8.self)
        }
        return nil
    }
}
