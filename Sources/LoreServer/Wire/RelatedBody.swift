package import Lore
import LoreCore

/// `related --json`.
package struct RelatedBody: Encodable, Sendable {
    struct Note: Encodable, Sendable {
        let path: String
        let title: String
        let score: Double
        let linked: Bool
    }

    let path: String
    let related: [Note]

    package init(_ result: RelatedNotes) {
        path = result.path
        related = result.notes.map {
            Note(path: $0.path, title: $0.title, score: $0.score, linked: $0.isLinked)
        }
    }
}
