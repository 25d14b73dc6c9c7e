import LoreCore

/// A passage whose text stands at the start of line `line`, byte `offset`, of its note.
func hit(
    title: String = "Note", date: String? = nil, heading: [String] = [], text: String,
    path: String = "note.md",
    offset: Int = 0, line: Int = 1, score: Double = 1
) -> Hit {
    let lines = line...line + text.utf8.count { $0 == UInt8(ascii: "\n") }
    let chunk = Chunk(
        id: ChunkID(rawValue: 1), heading: heading,
        range: SourceRange(bytes: offset..<offset + text.utf8.count, lines: lines), text: text,
        embeddedTextHash: ContentHash(bytes: [UInt8](repeating: 0, count: 32)))
    return Hit(
        rank: 1, score: score, folder: "notes", path: path, title: title, date: date, chunk: chunk,
        explanation: [])
}

/// Gives texts the vectors that a table says, `[0, 1]` to any other.
struct TableEmbedder: Embedder {
    let vectors: [String: [Float]]

    let fingerprint = EmbeddingFingerprint(
        model: "table", digest: "", dimensions: 2, maxTokens: 8, pooling: "mean", queryPrefix: "",
        passagePrefix: "")

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingBatch {
        EmbeddingBatch(
            dimensions: 2, values: texts.flatMap { vectors[$0] ?? [0, 1] },
            tokenCounts: texts.map { _ in 1 }, truncated: texts.map { _ in false })
    }
}
