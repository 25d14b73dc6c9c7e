import Foundation
import LoreCore

/// OpenAI's embeddings, which Mistral and compatible servers speak too.
struct OpenAIEmbeddings: EmbeddingDialect {
    let limits: EmbeddingLimits
    /// How vectors are to be written; nil where the server is not asked.
    var encoding: String?

    func encode(_ texts: [String], as role: EmbeddingRole, model: String) -> WireRequest {
        // An empty text is refused.
        let input = texts.map { JSONValue.string($0.isEmpty ? " " : $0) }
        return WireRequest(
            path: "/embeddings",
            body: .compact([
                "model": .string(model), "input": .array(input),
                "encoding_format": encoding.map { .string($0) },
            ]))
    }

    func decode(_ document: JSONValue) throws -> EmbeddingReply {
        guard let entries = document["data"]?.elements else {
            throw MalformedStream("it is no list of vectors")
        }
        let placed = entries.enumerated().map { position, entry in
            (index: entry["index"]?.int ?? position, entry: entry)
        }
        let sorted = placed.sorted { $0.index < $1.index }
        guard sorted.map(\.index) == Array(entries.indices) else {
            throw MalformedStream("its vectors are not numbered from 0")
        }
        return EmbeddingReply(
            vectors: try sorted.map { try vector($0.entry["embedding"] ?? .null) },
            tokens: document["usage"]?["prompt_tokens"]?.int)
    }

    /// A list of numbers, or base64 of little-endian 32-bit floats.
    private func vector(_ value: JSONValue) throws -> [Float] {
        guard let text = value.string else { return try value.vector() }
        let size = MemoryLayout<UInt32>.size
        guard let bytes = Data(base64Encoded: text).map(Array.init), bytes.count % size == 0 else {
            throw MalformedStream("a vector is no base64 of numbers")
        }
        return stride(from: 0, to: bytes.count, by: size).map { start in
            let bits = (0..<size).reduce(UInt32(0)) { bits, place in
                bits | UInt32(bytes[start + place]) << UInt32(8 * place)
            }
            return Float(bitPattern: bits)
        }
    }
}
