import Foundation
import LoreCore

/// How a scripted embedding model answers.
public struct ScriptedVectors: Sendable {
    /// Elements of each vector.
    public var dimensions: Int
    /// Whether the vectors come in another order than the texts, numbered where the protocol does so.
    public var isReversed: Bool
    /// Vectors that are left out at the end.
    public var missing: Int
    /// The length of each vector is this, not 1.
    public var length: Float
    /// Put in place of the first element of the first vector.
    public var first: Float?
    /// Bytes of a text above which the request is refused.
    public var limitBytes: Int?

    public init(
        dimensions: Int = 4, isReversed: Bool = false, missing: Int = 0, length: Float = 1,
        first: Float? = nil, limitBytes: Int? = nil
    ) {
        self.dimensions = dimensions
        self.isReversed = isReversed
        self.missing = missing
        self.length = length
        self.first = first
        self.limitBytes = limitBytes
    }

    /// The vector of `text` as it should be, `[dimensions]`, of unit norm.
    public static func unit(of text: String, dimensions: Int = 4) -> [Float] {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let raw = (0..<dimensions).map { Float((hash >> UInt64($0 % 7 * 8)) & 0xFF) + 1 }
        let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return raw.map { $0 / norm }
    }

    func vectors(of texts: [String]) -> [[Float]] {
        var vectors = texts.map { text in
            Self.unit(of: text, dimensions: dimensions).map { $0 * length }
        }
        if let first { vectors[0][0] = first }
        return vectors
    }
}

/// The protocols of embedding models.
public enum ScriptedEmbeddingWire: Sendable, CaseIterable {
    case openAI, gemini, ollama

    init?(path: String) {
        switch path {
        case _ where path.hasSuffix("/embeddings"): self = .openAI
        case _ where path.hasSuffix(":batchEmbedContents"): self = .gemini
        case "/api/embed": self = .ollama
        default: return nil
        }
    }

    /// The protocol of chat whose errors this one shares.
    var chat: ScriptedWire {
        switch self {
        case .openAI: .openAIChat
        case .gemini: .gemini
        case .ollama: .ollama
        }
    }

    /// The texts of a request.
    func texts(_ body: JSONValue) -> [String] {
        guard self == .gemini else {
            return body["input"]?.elements?.compactMap(\.string)
                ?? [body["input"]?.string].compactMap { $0 }
        }
        return body["requests"]?.elements?.compactMap {
            $0["content"]?["parts"]?[0]?["text"]?.string
        } ?? []
    }

    /// The reply to a request; every byte of a text counts as a token.
    func reply(to body: JSONValue, _ script: ScriptedVectors) -> JSONValue {
        let texts = texts(body)
        let tokens = JSONValue(texts.reduce(0) { $0 + $1.utf8.count })
        let vectors = script.vectors(of: texts).dropLast(script.missing)
        switch self {
        case .openAI:
            let isBase64 = body["encoding_format"]?.string == "base64"
            let entries = vectors.enumerated().map { index, vector -> JSONValue in
                [
                    "object": "embedding", "index": JSONValue(index),
                    "embedding": isBase64 ? base64(vector) : list(vector),
                ]
            }
            return [
                "object": "list", "model": body["model"] ?? .null,
                "data": .array(script.isReversed ? entries.reversed() : entries),
                "usage": ["prompt_tokens": tokens, "total_tokens": tokens],
            ]
        case .gemini: return ["embeddings": .array(vectors.map { ["values": list($0)] })]
        case .ollama:
            return [
                "model": body["model"] ?? .null, "embeddings": .array(vectors.map(list)),
                "total_duration": 14_143_917, "load_duration": 1_019_500,
                "prompt_eval_count": tokens,
            ]
        }
    }

    private func list(_ vector: [Float]) -> JSONValue {
        // JSON has no NaN: servers write null.
        .array(vector.map { $0.isFinite ? JSONValue(Double($0)) : .null })
    }

    private func base64(_ vector: [Float]) -> JSONValue {
        let bytes = vector.flatMap { value in
            withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
        }
        return .string(Data(bytes).base64EncodedString())
    }
}
