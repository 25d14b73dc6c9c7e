import LoreCore
import TestSupport
import Testing

@testable import LoreProviders

@Suite struct ReplyFramesTests {
    private func frames(
        _ text: String, _ form: ReplyFrames.Form = .serverSentEvents, pieces size: Int = 1000
    ) throws -> [ReplyFrame] {
        var reader = ReplyFrames(form)
        var frames: [ReplyFrame] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            frames += try reader.feed(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        return try frames + reader.finish()
    }

    @Test(arguments: [1, 2, 5, 1000])
    func `events of a stream are JSON, and its end mark is none`(size: Int) throws {
        let text = "\u{FEFF}: hi\n\ndata: {\"a\":1}\r\n\r\ndata: [DONE]\n\n"

        #expect(try frames(text, pieces: size) == [.event(["a": 1])])
    }

    @Test(arguments: [1, 3, 1000])
    func `lines are JSON, the last with or without its end`(size: Int) throws {
        let text = "{\"a\":1}\n\n{\"a\":2}"

        #expect(try frames(text, .lines, pieces: size) == [.event(["a": 1]), .event(["a": 2])])
    }

    @Test(arguments: [1, 3, 1000])
    func `a body that is one document is a whole reply`(size: Int) throws {
        #expect(try frames("\u{FEFF} {\n\"a\":\n1}", pieces: size) == [.whole(["a": 1])])
        #expect(try frames("[{\"a\":1},\n{}]", pieces: size) == [.event(["a": 1]), .event([:])])
    }

    @Test(arguments: [
        ("", "its body is empty"), (" \r\n", "its body is empty"),
        ("<!doctype html><p>Sign in", "it is a web page"), ("data: {\"a\":\n\n", notJSON),
        ("{\"a\":1", notJSON), ("ab", notJSON),
    ])
    func `what is no reply is malformed`(text: String, what: String) {
        let error = #expect(throws: MalformedStream.self) { try frames(text) }

        #expect(error?.what == what)
    }
}

private let notJSON = "a part of it is not JSON"
