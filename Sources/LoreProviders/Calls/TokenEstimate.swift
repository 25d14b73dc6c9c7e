import LoreCore

/// How many tokens a text may have where no one has counted them.
package enum TokenEstimate {
    /// Bytes of UTF-8 a token at least, in nearly all text and every tokeniser.
    private static let leastBytes = 3.2
    /// Bytes a token at most, on average over a whole prompt.
    private static let mostBytes = 8.0

    /// The tokens of so many bytes of text: hardly ever too few.
    package static func most(bytes: Int) -> Int { Int((Double(bytes) / leastBytes).rounded(.up)) }

    /// The bytes of text that `most` takes for so many tokens.
    static func bytes(ofMost tokens: Int) -> Int { Int(Double(tokens) * leastBytes) }

    /// The tokens of so many bytes of text: hardly ever too many.
    package static func least(bytes: Int) -> Int { Int(Double(bytes) / mostBytes) }
}

extension ChatRequest {
    /// The bytes of all that a provider may count: what the model reads, and the schema that holds its
    /// reply, which some read to the model and some do not.
    package var inputBytes: Int {
        textBytes + (schema.map { $0.name.utf8.count + $0.schema.bytes.count } ?? 0)
    }

    /// The bytes of all that the model reads, definitions of tools included.
    package var textBytes: Int {
        let turns = messages.reduce(0) { $0 + $1.textBytes }
        let tools = tools.reduce(0) { $0 + $1.textBytes }
        return system.utf8.count + turns + tools
    }
}

extension ChatMessage {
    /// The bytes of all that the model reads of it.
    package var textBytes: Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .text(let text): sum + text.utf8.count
            case .toolCall(let call): sum + call.name.utf8.count + call.argumentText.utf8.count
            case .toolResult(let result): sum + result.content.utf8.count
            }
        }
    }
}
