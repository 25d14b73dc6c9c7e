package import LoreCore

/// Why a search by vectors could not be made.
package enum SearchError: LoreError, Equatable {
    case dimensionMismatch(index: Int, query: Int)
    case notFinite(text: String)
    /// The codes name a row that the vectors do not hold.
    case noVector(row: Int64)
    /// The bytes are not a set of codes.
    case foreignCodes
    /// The codes are of a version that this program does not read.
    case codesOfVersion(Int)
    case truncatedCodes(bytes: Int, expected: Int)

    package var category: ErrorCategory {
        switch self {
        case .dimensionMismatch, .codesOfVersion: .incompatible
        case .notFinite, .noVector, .foreignCodes, .truncatedCodes: .corruptData
        }
    }

    package var message: String {
        switch self {
        case .dimensionMismatch(let index, let query):
            "the index holds vectors of \(index) dimensions, the query's vector has \(query)"
        case .notFinite(let text):
            "\(text) is not a vector: one of its numbers is infinite or not a number"
        case .noVector(let row):
            "the index has codes of row \(row), but no vector"
        case .foreignCodes:
            "the file of codes holds something else"
        case .codesOfVersion(let version):
            "the file of codes is of version \(version), this lore reads version \(Self.version)"
        case .truncatedCodes(let bytes, let expected):
            "the file of codes has \(bytes) bytes where \(expected) are expected"
        }
    }

    package var hint: String {
        switch self {
        case .dimensionMismatch:
            "search with the model that made the index, or run 'lore index --full'"
        case .notFinite:
            "run 'lore index --full' to embed the notes anew"
        case .noVector, .foreignCodes, .codesOfVersion, .truncatedCodes:
            "delete that file: it is made again from the index"
        }
    }

    private static var version: Int { Int(QuantizedLayout.version) }
}
