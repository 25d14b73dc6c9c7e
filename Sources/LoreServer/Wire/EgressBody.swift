package import LoreCore

/// `egress --json`.
package struct EgressBody: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        let at: String
        let host: String
        let purpose: String
        let path: String
        let startLine: Int
        let endLine: Int
    }

    let entries: [Entry]

    package init(_ entries: [EgressEntry]) {
        self.entries = entries.map {
            Entry(
                at: $0.at, host: $0.host, purpose: $0.purpose.rawValue, path: $0.path,
                startLine: $0.lines.lowerBound, endLine: $0.lines.upperBound)
        }
    }
}
