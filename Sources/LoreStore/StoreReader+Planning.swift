import GRDB
package import LoreCore

/// How far the embedding of a text has come.
package enum TextState: Sendable {
    /// No chunk has it.
    case unknown
    /// A chunk has it, and no vector is there yet.
    case pending
    case embedded
}

extension StoreReader {
    /// How far the text with `hash` has come for `fingerprint`.
    package func state(
        ofText hash: ContentHash, for fingerprint: EmbeddingFingerprint
    ) throws -> TextState {
        guard let text = try EmbeddedTexts(database).find(hash) else { return .unknown }
        guard let known = try Fingerprints.find(fingerprint, in: database) else { return .pending }
        var state = TextState.pending
        try RawStatement(database, "SELECT 1 FROM vectors WHERE id = ?")
            .run(.integer(VectorRow.row(fingerprint: known, text: text))) { _ in
                state = .embedded
            }
        return state
    }

    /// The chunks of the document in `row`.
    package func chunkCount(ofDocument row: Int64) throws -> Int {
        var count = 0
        try RawStatement(database, "SELECT count(*) FROM chunks WHERE document_id = ?")
            .run(.integer(row)) { count = Int($0.integer(0)) }
        return count
    }
}
