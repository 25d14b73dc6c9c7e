package import Lore
import LoreCore

/// `search --json` and the answer to `POST /api/search`.
package struct SearchBody: Encodable, Sendable {
    let query: String
    let mode: String
    let hits: [HitBody]
    /// Notes that pass the filter; absent where there is none.
    let passingFilter: Int?
    /// Absent where nothing has changed.
    let changedSinceIndexing: Int?
    let tookMs: Double

    /// - Parameters:
    ///   - result: What the search found.
    ///   - explains: Whether each hit carries the parts of its score.
    package init(_ result: SearchResult, explains: Bool) {
        query = result.query.text
        mode = result.mode.rawValue
        hits = result.hits.map { HitBody($0, explains: explains) }
        passingFilter = result.passing
        changedSinceIndexing = result.changedSinceIndexing.flatMap { $0 > 0 ? $0 : nil }
        tookMs = result.took.wireMilliseconds
    }
}
