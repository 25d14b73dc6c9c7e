import LoreCore

/// A sentence of an answer, with the IDs of the sentences that it comes from.
package struct Statement: Hashable, Sendable {
    package let text: String
    package let sources: [String]

    package init(text: String, sources: [String]) {
        self.text = text
        self.sources = sources
    }

    /// The statement that a JSON object holds; nil where it has no text.
    init?(_ value: JSONValue) {
        guard let text = value["text"]?.string else { return nil }
        self.init(text: text, sources: (value["sources"]?.elements ?? []).compactMap(\.string))
    }
}
