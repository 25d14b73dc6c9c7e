package import LoreCore

/// Why a search by vectors could not be made.
package enum SearchError: LoreError, Equatable {
    case dimensionMismatch(index: Int, query: Int)
    case notFinite(text: String)

    package var category: ErrorCategory {
        switch self {
        case .dimensionMismatch: .incompatible
        case .notFinite: .corruptData
        }
    }

    package var message: String {
        switch self {
        case .dimensionMismatch(let index, let query):
            "the index holds vectors of \(index) dimensions, the query's vector has \(query)"
        case .notFinite(let text):
            "\(text) is not a vector: one of its numbers is infinite or not a number"
        }
    }

    package var hint: String {
        switch self {
        case .dimensionMismatch:
            "search with the model that made the index, or run 'lore index --full'"
        case .notFinite:
            "run 'lore index --full' to embed the notes anew"
        }
    }
}
