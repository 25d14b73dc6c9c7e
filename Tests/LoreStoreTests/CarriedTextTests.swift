import LoreCore
import LoreStore
import Testing

@Suite struct CarriedTextTests {
    /// The chunks of `BM25Tests`: "pear" stands in two and "fig" in two, idf 0.470004 each.
    ///
    /// 1: "pear" 0.544215. 2: "fig" tf 1, norm 1.2 × (0.25 + 0.75 × 3/3) = 1.2: half of
    /// 0.470004 × 2.2 / 2.2 = 0.235002.
    @Test func `a carried word counts its weight of one of the user's`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear", "plum fig", "pear fig pear")
        let matches = try test.store.read {
            try $0.lexicalMatches(
                "pear", carrying: [CarriedText("fig", weight: 0.5)], scoredBy: plainBM25)
        }

        let scores = matches.chunks(best: 3).map(\.score).sorted()
        #expect(abs(scores[0] - 0.235002) < 1e-6)
        #expect(abs(scores[1] - 0.544215) < 1e-6)
        #expect(matches.terms.map(\.text) == ["pear", "fig"])
        #expect(abs(matches.terms[0].chunkWeight - 0.470004) < 1e-6)
        #expect(abs(matches.terms[1].chunkWeight - 0.235002) < 1e-6)
        #expect(abs(matches.chunkCeiling - 2.2 * 0.705006) < 1e-5)
    }

    @Test func `a word counts once, where it weighs most`() throws {
        let carried = [
            CarriedText("Figs or plums?", weight: 0.25), CarriedText("plums, pears", weight: 0.5),
        ]
        #expect(try terms("pear", carried) == ["pear", "plums", "Figs"])
    }

    @Test func `stop words are looked for only where no text has another`() throws {
        #expect(try terms("and then?", []) == ["and", "then"])
        #expect(try terms("and then?", [CarriedText("a fig", weight: 0.5)]) == ["fig"])
    }

    private func terms(_ text: String, _ carried: [CarriedText]) throws -> [String] {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear", "plum fig", "pear fig pear")
        return try test.store.read {
            try $0.lexicalMatches(text, carrying: carried, scoredBy: plainBM25).terms.map(\.text)
        }
    }
}
