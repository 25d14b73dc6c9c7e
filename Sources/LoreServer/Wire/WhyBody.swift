package import Lore
import LoreCore

/// `why --json`.
package struct WhyBody: Encodable, Sendable {
    struct Place: Encodable, Sendable {
        let rank: Int?
        let score: Double?

        init(_ place: Placement.Place) {
            rank = place.rank
            score = place.score
        }
    }

    let query: String
    let document: String
    let returned: Bool
    let reason: String
    let lexical: Place
    let semantic: Place
    let hybrid: Place

    package init(_ placement: Placement) {
        query = placement.query.text
        document = placement.document
        returned = placement.isReturned
        reason = placement.sentence
        lexical = Place(placement.lexical)
        semantic = Place(placement.semantic)
        hybrid = Place(placement.hybrid)
    }
}
