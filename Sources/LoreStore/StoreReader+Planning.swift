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
    /// How far the texts with `hashes` have come for `fingerprint`, in their order.
    package func states(
        ofTexts hashes: [ContentHash], for fingerprint: EmbeddingFingerprint
    ) throws -> [TextState] {
        let texts = try EmbeddedTexts(database)
        let known = try Fingerprints.find(fingerprint, in: database)
        let vectors = try RawStatement(database, "SELECT 1 FROM vectors WHERE id = ?")
        return try hashes.map { hash in
            guard let text = try texts.find(hash) else { return .unknown }
            var state = TextState.pending
            guard let known else { return state }
            try vectors.run(.integer(VectorRow.row(fingerprint: known, text: text))) { _ in
                state = .embedded
            }
            return state
        }
    }

    /// The chunks of the document in `row`.
    package func chunkCount(ofDocument row: Int64) throws -> Int {
        var count = 0
        try RawStatement(database, "SELECT count(*) FROM chunks WHERE document_id = ?")
            .run(.integer(row)) { count = Int($0.integer(0)) }
        return count
    }
}
