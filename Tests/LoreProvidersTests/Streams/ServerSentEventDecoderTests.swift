import TestSupport
import Testing

@testable import LoreProviders

@Suite struct ServerSentEventDecoderTests {
    /// The events of `text`, as name and data, handed over in pieces of so many bytes.
    private func events(_ text: String, pieces size: Int = 1000) throws -> [String] {
        var decoder = ServerSentEventDecoder()
        var events: [ServerSentEvent] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += try decoder.feed(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        if let last = decoder.finish() { events.append(last) }
        return events.map { "\($0.name ?? "-"):\(String(decoding: $0.data, as: UTF8.self))" }
    }

    @Test(arguments: [
        ("data: a\n\ndata: b\n\n", ["-:a", "-:b"]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", ["-:a", "-:b"]),
        ("data: a\r\rdata: b\r\r", ["-:a", "-:b"]),
        ("data:a\n\n", ["-:a"]),
        ("data:  a\n\n", ["-: a"]),
        ("data: a\ndata: b\n\n", ["-:a\nb"]),
        ("data\n\n", ["-:"]),
        (": comment\ndata: a\n:\n\n", ["-:a"]),
        ("event: ping\ndata: {}\nid: 7\nretry: 3\nother: x\n\n", ["ping:{}"]),
        ("event: lost\n\ndata: a\n\n", ["-:a"]),
        ("\u{FEFF}data: a\n\n", ["-:a"]),
        ("data: a\n\ndata: last", ["-:a", "-:last"]),
        ("data: a\n\ndata: last\n", ["-:a", "-:last"]),
        ("data: é😀\n\n", ["-:é😀"]),
        ("\n\n\n", []), ("", []),
    ])
    func `events are read as the official libraries do`(text: String, expected: [String]) throws {
        for size in [1, 2, 3, 7, 1000] { #expect(try events(text, pieces: size) == expected) }
    }
}
