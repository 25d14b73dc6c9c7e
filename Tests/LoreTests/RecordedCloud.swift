import Foundation
import Lore
import LoreCore
import TestSupport

/// A provider that stands for one elsewhere, since it is reached by an address that is not loopback,
/// and what it was sent.
struct RecordedCloud: Sendable {
    let provider: ScriptedProvider
    let host: String

    init() throws {
        provider = try ScriptedProvider()
        provider.embeds(ScriptedVectors(dimensions: 1536))
        host = "0.0.0.0:\(provider.server.port)"
    }

    /// Where a cloud's models are reached, and those of this machine, which are the same server's.
    var variables: ProviderVariables {
        ProviderVariables([
            "OPENAI_BASE_URL": "http://\(host)/v1", "OPENAI_API_KEY": "sk-test-openai",
            "ANTHROPIC_BASE_URL": "http://\(host)", "ANTHROPIC_API_KEY": "sk-test-anthropic",
            "GROQ_BASE_URL": "http://\(host)", "GROQ_API_KEY": "sk-test-groq",
            "OLLAMA_HOST": provider.server.address(""), "HOME": "/nowhere",
        ])
    }

    /// What went elsewhere: bodies of requests that name the cloud as their host, or the lines of those
    /// that are files of lines.
    var bodies: [JSONValue] {
        provider.server.log.requests.filter { $0.headers["host"] == host }.flatMap { request in
            // What is no JSON is looked through as it is.
            if let body = try? JSONValue(parsing: request.body) { return [body] }
            return request.body.split(separator: UInt8(ascii: "\n")).map { line in
                (try? JSONValue(parsing: Array(line)))
                    ?? .string(String(decoding: line, as: UTF8.self))
            }
        }
    }

    /// All strings of what went elsewhere.
    var texts: [String] { bodies.flatMap(strings) }

    /// The first of all windows of so many bytes of `text` that went elsewhere.
    func leak(of text: String, windowBytes: Int = 24) -> String? {
        let sent = texts.map { Array($0.utf8) }
        let bytes = Array(text.utf8)
        var windows = Set<ArraySlice<UInt8>>()
        for text in sent where text.count >= windowBytes {
            for start in 0...(text.count - windowBytes) {
                windows.insert(text[start..<start + windowBytes])
            }
        }
        guard bytes.count >= windowBytes else { return nil }
        return (0...(bytes.count - windowBytes)).map { bytes[$0..<$0 + windowBytes] }
            .first(where: windows.contains).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The passages that the cloud's models were sent, as `path:start-end`, in the order of their going.
    var passages: [String] {
        texts.flatMap { text in
            text.matches(of: /([\w\/-]+\.md), lines (\d+)-(\d+)/).map {
                "\($0.output.1):\($0.output.2)-\($0.output.3)"
            }
        }
    }
}

private func strings(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(strings)
    case .object(let members): members.flatMap { strings($0.value) }
    case .null, .bool, .number: []
    }
}
