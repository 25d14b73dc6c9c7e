package import LoreCore

extension CitedText {
    /// A citation for each mark, with the sentence that supports what is said there; not verified.
    ///
    /// Marks that rest on one sentence of one passage make one citation. A mark for which no
    /// sentence speaks has an empty quote and the place of its whole passage. "Yes [1]" has no words
    /// of its own: then those of the question are looked for as well.
    ///
    /// - Parameters:
    ///   - passages: What the model was shown, numbered from 1.
    ///   - question: The user's own words.
    /// - Returns: In the order of the text.
    package func citations(of passages: [Hit], answering question: String) -> [Citation] {
        let locator = SupportLocator(passages: passages)
        var citations: [Citation] = []
        for mark in marks {
            let claim = claim(of: mark)
            let support =
                locator.support(for: claim, in: mark.number)
                ?? locator.support(for: claim + " " + question, in: mark.number)
            let citation = passages[mark.number - 1].citation(number: mark.number, support)
            if !citations.contains(citation) { citations.append(citation) }
        }
        return citations
    }
}

extension Hit {
    /// The citation of passage `number`, this one, by the sentence that supports a statement.
    func citation(number: Int, _ support: SupportLocator.Support?) -> Citation {
        let range = support?.range ?? chunk.range
        return Citation(
            number: number, folder: folder, path: path, range: range,
            page: pages.page(at: range.bytes.lowerBound), quote: support?.quote ?? "",
            verified: false, chunkID: chunk.id)
    }
}
