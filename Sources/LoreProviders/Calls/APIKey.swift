/// A provider's key: it shows its text to no one but the header of a request.
package struct APIKey: Sendable, Hashable {
    private let text: String

    /// `nil` where there is nothing but white space.
    package init?(_ text: String) {
        let blank: (Character) -> Bool = \.isWhitespace
        let start = text.drop(while: blank)
        guard let end = start.lastIndex(where: { !blank($0) }) else { return nil }
        self.text = String(start[...end])
    }

    /// The text, for a header.
    func revealed() -> String { text }

    /// `words` with the key, or a piece of it that still tells much, made unreadable.
    func hidden(in words: String) -> String {
        text.count < 4
            ? words
            : words.split(separator: text, omittingEmptySubsequences: false)
                .joined(separator: "…")
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(a key)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
