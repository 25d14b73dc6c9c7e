/// Passes a model's text on as a person may see it: no address that it was not given, and its citations
/// in one form.
package struct AnswerTextStream: Sendable {
    private var addresses: AddressGuard
    private var citations: CitationStream

    /// - Parameters:
    ///   - passages: How many can be cited, numbered from 1.
    ///   - texts: What the model was given.
    package init(passages: Int, knowing texts: [String]) {
        addresses = AddressGuard(knowing: texts)
        citations = CitationStream(passages: passages)
    }

    /// Lets the passages up to `passages` be cited from now on, and the addresses in `texts` pass.
    package mutating func learn(passages: Int, from texts: [String]) {
        citations.grow(to: passages)
        addresses.learn(texts)
    }

    /// How many citations were shown.
    package var markCount: Int { citations.marks.count }

    /// Takes the next piece.
    ///
    /// - Returns: What is to be shown now; perhaps nothing.
    package mutating func read(_ piece: String) -> String { citations.read(addresses.read(piece)) }

    /// Takes the end of the text.
    ///
    /// - Returns: What is left to be shown.
    package mutating func finish() -> String {
        citations.read(addresses.finish()) + citations.finish()
    }

    /// The text that was shown, once it is finished.
    package var cited: CitedText { CitedText(citations) }
}
