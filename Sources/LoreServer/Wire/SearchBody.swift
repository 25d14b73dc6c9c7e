package import Lore
import LoreCore

/// `search --json` and the answer to `POST /api/search`.
package struct SearchBody: Encodable, Sendable {
    let query: String
    let mode: String
    let hits: [HitBody]
    let tookMs: Double

    /// - Parameters:
    ///   - result: What the search found.
    ///   - explains: Whether each hit carries the parts of its score.
    package init(_ result: SearchResult, explains: Bool) {
        query = result.query.text
        mode = result.mode.rawValue
        hits = result.hits.map { HitBody($0, explains: explains) }
        tookMs = result.took.wireMilliseconds
    }
}
