package import Lore
import LoreCore

/// `index --json`.
package struct IndexBody: Encodable, Sendable {
    struct Skipped: Encodable, Sendable {
        let path: String
        let reason: String
    }

    /// A note that a run would change.
    struct Planned: Encodable, Sendable {
        let path: String
        let change: String
        let chunks: Int
        let tokens: Int
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
    /// With `--dry-run` only.
    let plan: [Planned]?
    /// Where a provider embeds for a known price; with `--dry-run` by an estimate.
    let costUsd: Double?
    let tookMs: Double

    package init(_ report: IndexReport) { self.init(report, plan: nil, cost: report.cost) }

    /// `index --dry-run --json`.
    package init(_ plan: IndexPlan) {
        self.init(
            plan.report,
            plan: plan.entries.map {
                Planned(
                    path: $0.path, change: $0.change.rawValue, chunks: $0.chunks,
                    tokens: $0.tokens)
            }, cost: plan.cost)
    }

    private init(_ report: IndexReport, plan: [Planned]?, cost: Double?) {
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
        self.plan = plan
        costUsd = cost
        tookMs = report.took.wireMilliseconds
    }
}
