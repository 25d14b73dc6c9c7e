import Foundation
import GRDB
package import LoreCore

/// What the index holds.
package struct StoreStatus: Hashable, Sendable {
    package let folders: [StoredFolder]
    package let documents: Int
    package let chunks: Int
    /// Chunks with a vector of the fingerprint asked about.
    package let embedded: Int
    /// Chunks without one, but for those of documents that are left out.
    package let pending: Int
    /// Chunks whose text was cut at the model's limit.
    package let truncated: Int
    /// RFC 3339, UTC; nil where nothing is indexed.
    package let lastIndexedAt: String?
}

extension StoreReader {
    /// Counts what the index holds, and how much of it has vectors of `fingerprint`; the chunks of
    /// `documents` await none.
    package func status(
        for fingerprint: EmbeddingFingerprint?, leavingOut documents: [Int64] = []
    ) throws -> StoreStatus {
        let folders = try folders()
        let chunks = try chunkCount()
        let (embedded, truncated) = try embeddedCounts(for: fingerprint)
        let leftOut = try fingerprint.map {
            try documents.isEmpty ? 0 : chunkCount(ofDocuments: documents, without: $0)
        }
        return StoreStatus(
            folders: folders, documents: folders.reduce(0) { $0 + $1.documents }, chunks: chunks,
            embedded: embedded, pending: chunks - embedded - (leftOut ?? 0),
            truncated: truncated,
            lastIndexedAt: try String.fetchOne(
                database, sql: "SELECT max(indexed_at) FROM documents"))
    }

    private func embeddedCounts(
        for fingerprint: EmbeddingFingerprint?
    ) throws -> (embedded: Int, truncated: Int) {
        guard let fingerprint, let known = try Fingerprints.find(fingerprint, in: database) else {
            return (0, 0)
        }
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) AS embedded, coalesce(sum(truncated), 0) AS truncated
                FROM chunks INDEXED BY chunks_text CROSS JOIN vectors INDEXED BY vectors_text
                WHERE vectors.embedded_text_id = chunks.embedded_text_id AND fingerprint_id = ?
                """, arguments: [known])
        return (row?["embedded"] ?? 0, row?["truncated"] ?? 0)
    }

    /// A number that grows with every change of the index, by whichever process.
    ///
    /// Who keeps something in memory keeps this beside it, and loads anew when it differs.
    package func generation() throws -> Int64 {
        let sql = "SELECT value FROM settings WHERE name = 'generation'"
        return try Int64.fetchOne(database, sql: sql) ?? 0
    }
}

extension Store {
    /// Bytes on disk, the log included.
    package func bytes() -> Int64 {
        [path, path + "-wal"].reduce(0) { total, path in
            // A log that is not there has no bytes.
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return total + (attributes?[.size] as? Int64 ?? 0)
        }
    }
}
