package import Lore
import LoreCore

/// `index --json`.
package struct IndexBody: Encodable, Sendable {
    struct Skipped: Encodable, Sendable {
        let path: String
        let reason: String
    }

    let folders: [String]
    let documents: Int
    let chunks: Int
    let added: Int
    let changed: Int
    let moved: Int
    let deleted: Int
    let unchanged: Int
    let embedded: Int
    let reused: Int
    let truncated: Int
    let skipped: [Skipped]
    let tookMs: Double

    package init(_ report: IndexReport) {
        folders = report.folders
        documents = report.documents
        chunks = report.chunks
        added = report.added
        changed = report.changed
        moved = report.moved
        deleted = report.deleted
        unchanged = report.unchanged
        embedded = report.embedded
        reused = report.reused
        truncated = report.truncated
        skipped = report.skipped.map { Skipped(path: $0.path, reason: $0.reason) }
        tookMs = report.took.wireMilliseconds
    }
}
