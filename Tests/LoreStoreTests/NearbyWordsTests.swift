import LoreCore
import LoreStore
import TestSupport
import Testing

/// Words that are found instead of one that no note holds.
@Suite struct NearbyWordsTests {
    private func store() throws -> TestStore {
        let test = try TestStore()
        try test.write(
            "a.md", title: "T", "Kubernetes runs pods", "a Kubernetes cluster",
            "authentication by token", "Straßenbahn", "the pods of whales", "kubelet alone")
        return test
    }

    @Test(arguments: [
        ("kuberntes", ["kubernetes"]), ("kuberentes", ["kubernetes"]),
        ("Kubernettes", ["kubernetes"]),
        ("kubarnatis", []), ("qubernetes", []), ("authen", ["authentication"]),
        ("kube", ["kubernetes", "kubelet"]), ("tokn", ["token"]), ("tkn", []),
        ("wales", ["whales"]),
        ("whalse", ["whales"]), ("strassenbhan", ["strassenbahn"]), ("pods2", []), ("podz", []),
        ("kubernetes", []), ("pods", []), ("where", []),
    ])
    func `a word that stands nowhere finds those that are near`(
        word: String, expected: [String]
    ) throws {
        let test = try store()
        let terms = try test.store.read { try $0.lexicalMatches(word, scoredBy: plainBM25).terms }

        #expect(terms.map(\.substitutes) == [expected])
        #expect(try test.found(word).isEmpty == (terms[0].chunks == 0 && expected.isEmpty))
    }

    @Test func `what is found instead counts less, and the words count as missing`() throws {
        let test = try store()
        let (right, wrong) = try test.store.read { reader in
            (
                try reader.lexicalMatches("kubernetes token", scoredBy: plainBM25),
                try reader.lexicalMatches("kuberntes tokn", scoredBy: plainBM25)
            )
        }
        #expect(wrong.chunks.map(\.row) == right.chunks.map(\.row))
        for (one, other) in zip(wrong.chunks, right.chunks) {
            #expect(abs(one.score - other.score / 2) < 1e-12)
        }
        #expect(wrong.terms.map(\.substitutes) == [["kubernetes"], ["token"]])
        #expect(wrong.terms.map(\.chunks) == [0, 0])
        #expect(wrong.terms.map(\.documents) == [0, 0])
        #expect(wrong.terms[0].chunkWeight > right.terms[0].chunkWeight)
        #expect(wrong.chunkCeiling > right.chunkCeiling)
    }

    @Test func `where one word is found the others are left alone`() throws {
        let test = try store()
        let terms = try test.store.read {
            try $0.lexicalMatches("kuberntes pods", scoredBy: plainBM25).terms
        }
        #expect(terms.allSatisfy { $0.substitutes.isEmpty })
        #expect(terms.map(\.chunks) == [0, 2])
    }

    /// Two of six chunks hold it, and half of its weight counts.
    ///
    /// idf = ln(1 + 4.5 / 2.5) = 1.029619. Both have
    /// 4 tokens, title included, of 22 in all: norm 1.2 × (0.25 + 0.75 × 4 / (22 / 6)) = 1.281818;
    /// score 0.514810 × 2.2 / 2.281818 = 0.496350.
    @Test func `it scores as worked out by hand`() throws {
        let test = try store()
        let matches = try test.store.read {
            try $0.lexicalMatches("kuberntes", scoredBy: plainBM25)
        }
        #expect(matches.chunks.count == 2)
        #expect(abs(matches.chunks[0].score - 0.496350) < 1e-6)
    }

    @Test func `words that match are left alone`() throws {
        let test = try store()
        try test.write("b.md", title: "T", "kuberntes is a misprint")

        #expect(try test.found("kuberntes") == ["kuberntes is a misprint"])
    }

    @Test func `words of several spellings found instead count as one`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "configuration configured", "configures", "other")
        let matches = try test.store.read {
            try $0.lexicalMatches("confi", scoredBy: plainBM25)
        }
        #expect(matches.chunks.allSatisfy { $0.matchedTerms == 1 })
        #expect(matches.chunks.count == 2)
        #expect(matches.chunks.allSatisfy { $0.score < matches.chunkCeiling })
    }

    @Test func `a filter makes no word a missing one`() throws {
        let test = try store()
        let matches = try test.store.read {
            try $0.lexicalMatches("kubernetes", scoredBy: plainBM25, among: RowSet())
        }
        #expect(matches.terms[0].substitutes.isEmpty)
        #expect(matches.chunks.isEmpty)
    }
}
